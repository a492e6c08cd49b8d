using System.Globalization;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Watchbill.People;
using Watchbill.People.SecondFactors;
using Watchbill.People.SigningIn;
using Watchbill.Server.Testing;
using Watchbill.Testing;
using ZXing;
using ZXing.Common;
using ZXing.QrCode.Internal;
using static Watchbill.Server.Testing.ServedPeople;

namespace Watchbill.Server.Tests.People;

/// <summary>The second step of signing in over HTTP, as a browser takes it.</summary>
public sealed class SecondFactorPagesTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 30, 9, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task A_right_password_opens_nothing_before_the_code()
    {
        await using var served = await StartAsync(required: false);
        var secret = await SetUpAsync(served);
        using var client = served.Client();

        using var halfway = await client.SignInAsync("root@example.com", page: "/sign-in?return=%2Fsources");

        Assert.Equal("/sign-in/code?return=%2Fsources", Path(halfway));
        var cookie = Assert.Single(halfway.Headers.GetValues("Set-Cookie"), static text => text.StartsWith("watchbill_halfway=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(halfway.Headers.GetValues("Set-Cookie"), static text => text.StartsWith("watchbill_session=", StringComparison.Ordinal));
        Assert.DoesNotContain(cookie.Split('=', ';')[1], halfway.Headers.Location!.OriginalString, StringComparison.Ordinal);
        using var before = await client.GetAsync("/account");
        Assert.StartsWith("/sign-in", Path(before), StringComparison.Ordinal);

        using var wrong = await Forms.PostAsync(client, "/sign-in/code?return=%2Fsources", "code", new Dictionary<string, string> { ["code"] = "000000" });
        Assert.Equal("code-wrong", (await Forms.ReadAsync(wrong)).QuerySelector("[data-code]")!.GetAttribute("data-code"));
        using var right = await Forms.PostAsync(client, "/sign-in/code?return=%2Fsources", "code", new Dictionary<string, string> { ["code"] = AuthenticatorApp.CodeAt(secret, _clock.GetUtcNow()) });
        Assert.Equal("/sources", Path(right));
        using var after = await client.GetAsync("/account");
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
    }

    [Fact]
    public async Task Whoever_did_not_show_a_password_is_led_back()
    {
        await using var served = await StartAsync(required: false);
        await SetUpAsync(served);
        using var client = served.Client();

        using var shown = await client.GetAsync("/sign-in/code");

        var page = await Forms.ReadAsync(shown);
        Assert.Equal("second-step-over", page.QuerySelector("[data-code]")!.GetAttribute("data-code"));
        Assert.Null(page.QuerySelector("form"));
        using var posted = await Forms.PostToAsync(client, "/sign-in", "/sign-in/code", new Dictionary<string, string> { ["_handler"] = "code", ["code"] = "123456" });
        Assert.NotEqual(HttpStatusCode.Redirect, posted.StatusCode);
    }

    [Fact]
    public async Task Where_everybody_needs_one_the_first_sign_in_sets_it_up()
    {
        await using var served = await StartAsync(required: true);
        var invited = await served.InviteAsync("kim@example.com", "Kim", Role.Member);
        using var client = served.Client();
        using var accepted = await Forms.PostAsync(client, invited.Link.Address.PathAndQuery, "accept", new Dictionary<string, string> { ["name"] = "Kim", ["password"] = Password });
        var page = await Forms.FollowAsync(client, accepted);
        Assert.NotNull(page.QuerySelector("svg.qr path"));
        var secret = page.QuerySelector("#second-factor-secret")!.GetAttribute("value")!;

        using var set = await Forms.PostAsync(client, "/sign-in/code", "code", new Dictionary<string, string> { ["code"] = AuthenticatorApp.CodeAt(secret, _clock.GetUtcNow()) });

        var codes = (await Forms.ReadAsync(set)).QuerySelector("#recovery-codes")!.TextContent.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(10, codes.Length);
        using var after = await client.GetAsync("/account/second-factor");
        var account = await Forms.ReadAsync(after);
        Assert.Contains("10 left", account.Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(codes, code => account.Body.TextContent.Contains(code, StringComparison.Ordinal));

        using var elsewhere = served.Client();
        using var halfway = await elsewhere.SignInAsync("kim@example.com");
        using var byPaper = await Forms.PostAsync(elsewhere, "/sign-in/code", "code", new Dictionary<string, string> { ["code"] = codes[0] });
        Assert.Equal("/", Path(byPaper));
    }

    [Fact]
    public async Task A_wrong_code_shows_the_same_picture_again()
    {
        await using var served = await StartAsync(required: false);
        await served.JoinAsync("root@example.com", "Root", Role.SuperAdministrator);
        using var client = served.Client();
        using var signedIn = await client.SignInAsync("root@example.com");
        using var shown = await Forms.PostAsync(client, "/account/second-factor", "begin", new Dictionary<string, string>());
        var begun = await Forms.ReadAsync(shown);
        var secret = SecretOn(begun);
        Assert.Equal($"otpauth://totp/Watchbill%20%28127.0.0.1%29:root%40example.com?secret={secret}&issuer=Watchbill%20%28127.0.0.1%29&algorithm=SHA1&digits=6&period=30", TextOf(begun.QuerySelector("svg.qr")!));

        using var wrong = await Forms.PostAsync(client, "/account/second-factor", "confirm", new Dictionary<string, string> { ["code"] = "000000" });

        var page = await Forms.ReadAsync(wrong);
        Assert.Equal("code-wrong", page.QuerySelector("[data-code]")!.GetAttribute("data-code"));
        Assert.Equal(secret, SecretOn(page));
        using var right = await Forms.PostAsync(client, "/account/second-factor", "confirm", new Dictionary<string, string> { ["code"] = AuthenticatorApp.CodeAt(secret, _clock.GetUtcNow()) });
        Assert.NotNull((await Forms.ReadAsync(right)).QuerySelector("#recovery-codes"));
        using var later = await client.GetAsync("/account/second-factor");
        Assert.Null((await Forms.ReadAsync(later)).QuerySelector("#second-factor-secret, #recovery-codes"));
    }

    /// <summary>Nor can a borrowed screen switch it off: that asks for the code itself.</summary>
    [Fact]
    public async Task Removing_it_asks_for_it()
    {
        await using var served = await StartAsync(required: false);
        var secret = await SetUpAsync(served);
        using var client = served.Client();
        using var halfway = await client.SignInAsync("root@example.com");
        using var entered = await Forms.PostAsync(client, "/sign-in/code", "code", new Dictionary<string, string> { ["code"] = AuthenticatorApp.CodeAt(secret, _clock.GetUtcNow()) });
        _clock.Advance(TimeSpan.FromMinutes(16));

        using var refused = await Forms.PostAsync(client, "/account/second-factor", "remove", new Dictionary<string, string>());
        Assert.Equal("/confirm?return=%2Faccount%2Fsecond-factor", Path(refused));
        using var half = await Forms.PostAsync(client, "/confirm?return=%2Faccount%2Fsecond-factor", "confirm", new Dictionary<string, string> { ["password"] = Password });
        Assert.Equal("code-wrong", (await Forms.ReadAsync(half)).QuerySelector("[data-code]")!.GetAttribute("data-code"));
        using var proved = await Forms.PostAsync(client, "/confirm?return=%2Faccount%2Fsecond-factor", "confirm", new Dictionary<string, string> { ["password"] = Password, ["code"] = AuthenticatorApp.CodeAt(secret, _clock.GetUtcNow()) });
        Assert.Equal("/account/second-factor", Path(proved));
        using var removed = await Forms.PostAsync(client, "/account/second-factor", "remove", new Dictionary<string, string>());
        Assert.Equal("/account/second-factor?done=removed", Path(removed));
    }

    private Task<ServedOrganization> StartAsync(bool required) => ServedOrganization.StartAsync(configure: services =>
    {
        services.AddSingleton(Quick).AddSingleton<TimeProvider>(_clock);
        services.AddSingleton(new SecondFactorOptions(required));
    });

    /// <summary>Sets one up for a Super Administrator, half a minute ago.</summary>
    private async Task<string> SetUpAsync(ServedOrganization served)
    {
        var root = await served.JoinAsync("root@example.com", "Root", Role.SuperAdministrator);
        var caller = (await served.Get<Sessions>().FindAsync(root.Token, null, default))!.Caller;
        var begun = Must(await served.Get<ManageSecondFactor>().BeginAsync(caller, default));
        Must(await served.Get<ManageSecondFactor>().ConfirmAsync(AuthenticatorApp.CodeAt(begun.Secret, _clock.GetUtcNow()), root.Session.Id, caller, default));
        _clock.Advance(TimeSpan.FromSeconds(30));
        return begun.Secret;
    }

    /// <summary>What an app reads from the picture.</summary>
    private static string TextOf(AngleSharp.Dom.IElement picture)
    {
        var dark = picture.QuerySelector("path")!.GetAttribute("d")!.Split('M', StringSplitOptions.RemoveEmptyEntries).Select(static module => module.Split(' ', 'h')).Select(static place => (X: int.Parse(place[0], CultureInfo.InvariantCulture), Y: int.Parse(place[1], CultureInfo.InvariantCulture))).ToList();
        var edge = dark.Min(static module => module.X);
        Assert.True(edge >= 4, "An app looks for a white edge of four modules.");
        var bits = new BitMatrix(dark.Max(static module => module.X) - edge + 1);
        dark.ForEach(module => bits[module.X - edge, module.Y - edge] = true);
        return new Decoder().decode(bits, new Dictionary<DecodeHintType, object>()).Text;
    }

    private static string SecretOn(AngleSharp.Dom.IDocument page) => page.QuerySelector("#second-factor-secret")!.GetAttribute("value")!;

    private static string Path(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return answer.Headers.Location!.OriginalString.Replace(answer.RequestMessage!.RequestUri!.GetLeftPart(UriPartial.Authority), "", StringComparison.Ordinal);
    }
}
