using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Watchbill.Console.SignedIn;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.People.Inviting;
using Watchbill.People.SecondFactors;
using Watchbill.People.Secrets;
using Watchbill.People.SigningIn;
using Watchbill.People.SingleSignOn;
using Watchbill.People.Tokens;

namespace Watchbill.Console.Pages.People;

/// <summary>One account: what it is, where it is signed in, and what can be done about it.</summary>
public sealed partial class PersonPage
{
    [Inject] internal AccountQueries Accounts { get; set; } = null!;

    [Inject] internal ManageAccount Manage { get; set; } = null!;

    [Inject] internal InvitePerson Invite { get; set; } = null!;

    [Inject] internal PasswordReset Reset { get; set; } = null!;

    [Inject] internal Sessions SessionsOf { get; set; } = null!;

    [Inject] internal ApiTokens TokensOf { get; set; } = null!;

    [Inject] internal ManageSecondFactor SecondFactor { get; set; } = null!;

    [Inject] internal ProviderTies Ties { get; set; } = null!;

    [Inject] internal CurrentCaller Me { get; set; } = null!;

    [Inject] internal Entry Entry { get; set; } = null!;

    [Inject] internal NavigationManager Address { get; set; } = null!;

    [Inject] internal IHttpContextAccessor Http { get; set; } = null!;

    [Parameter] public long Id { get; set; }

    [SupplyParameterFromQuery(Name = "done")] public string? Done { get; set; }

    internal Account? Account { get; private set; }

    internal IReadOnlyList<Session> Sessions { get; private set; } = [];

    internal IReadOnlyList<OwnedApiToken> Tokens { get; private set; } = [];

    internal DateTimeOffset? TiedSince { get; private set; }

    /// <summary>The directory that decides about it; null where none does.</summary>
    internal string? DecidedBy { get; private set; }

    internal Refusal? Refusal { get; private set; }

    internal IssuedLink? Link { get; private set; }

    internal string LinkTitle { get; private set; } = "";

    internal bool MayManage => Me.May(Right.ManagePeople);

    internal bool IsService => Account?.Kind is HolderKind.Service;

    internal bool IsMe => Me.Caller.Account == new AccountId(Id);

    /// <summary>The version that the reader saw when they decided.</summary>
    private RenderFragment Version => builder => builder.AddMarkupContent(0, $"<input type=\"hidden\" name=\"version\" value=\"{Account!.Version}\">");

    private AccountId AccountId => new(Id);

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        var found = await Accounts.FindAsync(AccountId, Me.Caller, Entry.Aborted);
        if (!found.Succeeded)
        {
            Address.NotFound();
            return;
        }

        Account = found.Value;
        Sessions = (await SessionsOf.ListAsync(AccountId, Me.Caller, Entry.Aborted)).Value;
        TiedSince = (await Ties.SinceAsync(AccountId, Me.Caller, Entry.Aborted)).Value;
        DecidedBy = (await Accounts.DirectoryOfAsync(AccountId, Me.Caller, Entry.Aborted)).Value;
        Tokens = (await TokensOf.ListAsync(AccountId, Me.Caller, Entry.Aborted)).Value;
    }

    private async Task ChangeRolesAsync() =>
        await ShowAsync((await Manage.ChangeRolesAsync(AccountId, RoleChoice.Parse(Http.HttpContext!.Request.Form), SeenVersion(), Me.Caller, Entry.Aborted)).Refusal, "?done=roles");

    private async Task CloseAsync() => await ShowAsync((await Manage.CloseAsync(AccountId, SeenVersion(), Me.Caller, Entry.Aborted)).Refusal);

    private async Task ReopenAsync() => await ShowAsync((await Manage.ReopenAsync(AccountId, SeenVersion(), Me.Caller, Entry.Aborted)).Refusal);

    private async Task WithdrawAsync() => await ShowAsync((await Invite.WithdrawAsync(AccountId, Me.Caller, Entry.Aborted)).Refusal);

    private async Task EndSessionAsync(SessionId id) => await ShowAsync((await SessionsOf.EndAsync(id, AccountId, Me.Caller, Entry.Aborted)).Refusal);

    private async Task EndAllAsync() => await ShowAsync((await SessionsOf.EndAllAsync(AccountId, except: null, Me.Caller, Entry.Aborted)).Refusal);

    private async Task RemoveSecondFactorAsync() => await ShowAsync((await SecondFactor.RemoveAsync(AccountId, Me.Caller, Entry.Aborted)).Refusal);

    private async Task UntieAsync() => await ShowAsync((await Ties.EndAsync(AccountId, Me.Caller, Entry.Aborted)).Refusal);

    private async Task RevokeAsync(ApiTokenId id) => await ShowAsync((await TokensOf.RevokeAsync(id, Me.Caller, Entry.Aborted)).Refusal);

    /// <summary>A link is shown on the page that answers: it is known only now.</summary>
    private async Task ResendAsync()
    {
        var result = await Invite.ResendAsync(AccountId, Me.Caller, Entry.Aborted);
        Refusal = result.Refusal;
        Link = result.Succeeded ? result.Value.Link : null;
        LinkTitle = "There is a new invitation link; the old one stopped working.";
    }

    private async Task ResetAsync()
    {
        var result = await Reset.IssueAsync(AccountId, Me.Caller, Entry.Aborted);
        Refusal = result.Refusal;
        Link = result.Succeeded ? result.Value : null;
        LinkTitle = "There is a link to choose a new password.";
    }

    private async Task ShowAsync(Refusal? refusal, string done = "")
    {
        Refusal = refusal;
        if (refusal is null)
        {
            Address.NavigateTo($"/people/{Id}{done}");
            return;
        }

        await LoadAsync();
    }

    private long SeenVersion() => long.TryParse(Entry.Typed("version"), out var version) ? version : 0;
}
