using System.Text.Json;
using Watchbill.Compliance;
using Watchbill.Compliance.CheckKinds;
using Watchbill.Compliance.Exceptions;
using Watchbill.Compliance.Frameworks;
using Watchbill.Compliance.Postures;
using Watchbill.Compliance.Runs;

namespace Watchbill.Tests.Compliance;

/// <summary>Every check: as it should be, not as it should be by one small change, not evaluated, and of an empty organization.</summary>
public sealed class CheckTests
{
    public static TheoryData<string> Checks => [.. CheckCatalogue.All.Select(static check => check.Definition.Id)];

    [Theory, MemberData(nameof(Checks))]
    public void It_passes_where_everything_is_as_it_should_be(string id)
    {
        var line = Evaluate(id, GoodOrganization.Make());
        Assert.True(line.Outcome is CheckOutcome.Pass, $"{line.Outcome}: {line.Reason}");
    }

    [Theory, MemberData(nameof(Checks))]
    public void One_small_change_makes_it_fail(string id)
    {
        var line = Evaluate(id, Mutations.Bad[id](GoodOrganization.Make()));
        Assert.True(line.Outcome is CheckOutcome.Fail, $"{line.Outcome}: {line.Reason}");
    }

    [Theory, MemberData(nameof(Checks))]
    public void Without_one_of_its_inputs_nothing_is_evaluated(string id)
    {
        foreach (var input in CheckCatalogue.Find(id)!.Definition.Reads)
        {
            var good = GoodOrganization.Make();
            var blind = good with { Inputs = new Dictionary<CheckInput, InputState>(good.Inputs) { [input] = new InputState(null, "It was not read: needs a right.") } };
            var line = Evaluate(id, blind);
            Assert.Equal((CheckOutcome.NotEvaluated, "It was not read: needs a right."), (line.Outcome, line.Reason));
        }
    }

    [Theory, MemberData(nameof(Checks))]
    public void What_sentry_does_not_tell_is_not_evaluated(string id)
    {
        if (Mutations.Untold.TryGetValue(id, out var silence))
        {
            Assert.Equal(CheckOutcome.NotEvaluated, Evaluate(id, silence(GoodOrganization.Make())).Outcome);
        }
    }

    [Theory, MemberData(nameof(Checks))]
    public void An_empty_organization_never_passes(string id) => Assert.NotEqual(CheckOutcome.Pass, Evaluate(id, GoodOrganization.Empty()).Outcome);

    [Theory, MemberData(nameof(Checks))]
    public void It_says_what_it_is(string id)
    {
        var definition = CheckCatalogue.Find(id)!.Definition;
        Assert.All([definition.Title, definition.Asserts, definition.Rationale, definition.Remediation], static text => Assert.False(string.IsNullOrWhiteSpace(text)));
        Assert.NotEmpty(definition.Fields);
        Assert.All(definition.Parameters, static parameter => Assert.Null(parameter.ProblemOf(parameter.Default)));
        Assert.Equal(definition.Parameters.Count, definition.Parameters.DistinctBy(static parameter => parameter.Name).Count());
        Assert.Contains(id, FrameworkCatalogue.All.SelectMany(static framework => framework.Controls).SelectMany(static control => control.Checks));
    }

    [Fact]
    public void Everything_that_is_expected_of_a_check_names_one()
    {
        var known = CheckCatalogue.All.Select(static check => check.Definition.Id).ToHashSet();
        Assert.Equal(94, known.Count);
        Assert.Empty(Mutations.Bad.Keys.Concat(Mutations.Untold.Keys).Except(known));
        Assert.Empty(FrameworkCatalogue.All.SelectMany(static framework => framework.Controls).SelectMany(static control => control.Checks).Except(known));
    }

    [Fact]
    public void An_exception_covers_its_resource_until_its_end_and_hides_nothing()
    {
        var bad = Mutations.Bad["member-inactive"](GoodOrganization.Make());
        var exception = new CheckException
        {
            Id = new(7),
            CheckId = "member-inactive",
            Resource = new CheckResource(ResourceKind.Member, "4", "eve"),
            Reason = "On leave.",
            State = ExceptionState.Approved,
            AskedAt = GoodOrganization.Now.AddDays(-1),
            EndsAt = GoodOrganization.Now.AddDays(1),
        };
        var covered = Evaluator.Evaluate(CheckCatalogue.Find("member-inactive")!, bad, CheckSettings.Defaults, [exception]);
        Assert.Equal((CheckOutcome.Excepted, 1L, 0L), (covered.Line.Outcome, covered.Line.Excepted, covered.Line.Failed));
        var verdict = covered.Verdicts!.Single(static one => one.Exception is not null);
        Assert.StartsWith("Last active on", verdict.Verdict.Reason, StringComparison.Ordinal);
        Assert.Equal(CheckOutcome.Fail, Evaluator.Evaluate(CheckCatalogue.Find("member-inactive")!, bad with { At = GoodOrganization.Now.AddDays(1) }, CheckSettings.Defaults, [exception]).Line.Outcome);
        Assert.Equal(CheckOutcome.Fail, Evaluator.Evaluate(CheckCatalogue.Find("member-inactive")!, bad, CheckSettings.Defaults, [exception with { State = ExceptionState.Asked }]).Line.Outcome);
        Assert.Equal(CheckOutcome.Fail, Evaluator.Evaluate(CheckCatalogue.Find("member-inactive")!, bad, CheckSettings.Defaults, [exception with { Resource = new CheckResource(ResourceKind.Member, "2", "bob") }]).Line.Outcome);
    }

    [Fact]
    public void The_digest_of_a_run_tells_every_difference_and_nothing_else()
    {
        static string DigestOf(Posture posture) => Evaluator.DigestOf(CheckCatalogue.All.Select(check => Evaluator.Evaluate(check, posture, CheckSettings.Defaults, [])));
        var good = GoodOrganization.Make();
        Assert.Equal(DigestOf(good), DigestOf(GoodOrganization.Make()));
        Assert.Equal(DigestOf(good), DigestOf(good with { Members = [.. good.Members.Reverse()] }));
        Assert.NotEqual(DigestOf(good), DigestOf(Mutations.Bad["member-inactive"](good)));
    }

    [Theory]
    [InlineData("edited the organization setting: require_2fa to False", true)]
    [InlineData("edited the organization setting: require_2fa to True", false)]
    [InlineData("edited the organization setting: require2FA False", true)]
    [InlineData("edited the organization setting: allowSharedIssues True", true)]
    [InlineData("edited the organization setting: allow_shared_issues to False", false)]
    [InlineData("edited the organization setting: default_role from member to manager", true)]
    [InlineData("edited the organization setting: default_role from manager to member", false)]
    [InlineData("edited the organization setting: name from Acme to False", false)]
    [InlineData("edited the organization setting: name Acme, scrubIPAddresses False", true)]
    [InlineData(null, true)]
    public void A_lowered_setting_is_read_in_sentrys_sentence(string? note, bool lowers)
    {
        var watched = new HashSet<string>(["require_2fa", "scrub", "shared_issues", "default_role"], StringComparer.OrdinalIgnoreCase);
        Assert.Equal(lowers, LoweredSettings.In(note, watched));
    }

    [Theory]
    [InlineData("member-inactive", "inactiveDays", "0", false)]
    [InlineData("member-inactive", "inactiveDays", "45", true)]
    [InlineData("member-inactive", "inactiveDays", "4.5", false)]
    [InlineData("release-commits-via-pr", "minShare", "1.1", false)]
    [InlineData("release-commits-via-pr", "minShare", "0.9", true)]
    [InlineData("org-mfa-or-sso-enforced", "acceptSsoInsteadOf2fa", "yes", false)]
    [InlineData("member-email-domain-allowed", "allowedDomains", "example.com", false)]
    [InlineData("member-email-domain-allowed", "allowedDomains", """["example.com"]""", true)]
    [InlineData("member-email-domain-allowed", "allowedDomains", """[""]""", false)]
    [InlineData("member-shared-account", "pattern", "(", false)]
    [InlineData("member-shared-account", "pattern", "(a)\\1", false)]
    public void A_parameter_has_limits(string check, string name, string value, bool isFine) =>
        Assert.Equal(isFine, CheckCatalogue.Find(check)!.Definition.Parameters.Single(parameter => parameter.Name == name).ProblemOf(value) is null);

    [Fact]
    public void Controls_are_those_of_the_published_lists()
    {
        var oracles = Environment.GetEnvironmentVariable("WATCHBILL_ORACLES");
        Assert.SkipWhen(oracles is null, "WATCHBILL_ORACLES is not set: the published lists of controls are not there to compare with.");
        using var published = JsonDocument.Parse(File.ReadAllText(Path.Combine(oracles!, "control-ids.json")));
        foreach (var framework in FrameworkCatalogue.All)
        {
            var ids = IdsOf(published.RootElement, framework.Id);

            // The list holds numbered paragraphs; this article has none.
            ids.Add("44");
            Assert.Empty(framework.Controls.Select(control => Published(framework.Id, control.Id)).Except(ids));
            Assert.Equal(framework.Controls.Count, framework.Controls.DistinctBy(static control => control.Id).Count());
        }
    }

    private static HashSet<string> IdsOf(JsonElement lists, string framework)
    {
        var names = framework switch
        {
            "pci-dss-4.0.1" => ["pci-dss-4.0"],
            "nist-800-53-r5" => ["nist-800-53-r5", "nist-800-53-r5-all-not-withdrawn"],
            _ => (string[])[framework],
        };
        return [.. names.Select(name => lists.GetProperty(name).GetProperty("ids")).SelectMany(static ids => ids.ValueKind is JsonValueKind.Array
            ? ids.EnumerateArray().Select(static id => id.GetString()!) : ids.EnumerateObject().Select(static id => id.Name))];
    }

    /// <summary>The list of the GDPR names <c>Art. 32(1)(b)</c> 32.1.b.</summary>
    private static string Published(string framework, string id) =>
        framework is "gdpr" ? id.Replace("Art. ", "", StringComparison.Ordinal).Replace(")(", ".", StringComparison.Ordinal).Replace("(", ".", StringComparison.Ordinal).Replace(")", "", StringComparison.Ordinal) : id;

    private static CheckLine Evaluate(string id, Posture posture) => Evaluator.Evaluate(CheckCatalogue.Find(id)!, posture, GoodOrganization.SettingsOf(id), []).Line;
}
