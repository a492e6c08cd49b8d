using Watchbill.Sentry;

namespace Watchbill.Connectors.Sentry;

/// <summary>The probes that need an accepted token: is the organization there, and what of it can be read.</summary>
internal sealed class OrganizationProbes(SentryClient client, SentryClientOptions options, string org, PreflightDraft report)
{
    private static readonly string[] CloudHosts = ["https://sentry.io", "https://us.sentry.io", "https://de.sentry.io"];

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        SentryOrganization organization;
        try
        {
            var home = await client.ResolveRegionAsync(org, cancellationToken);
            organization = home.Organization;
            report.OrganizationId = organization.Id;
            report.OrganizationName = organization.Name;
            report.Pass("organization", $"{organization.Name} (id {organization.Id}), read from {home.DataAddress.Host}. {home.Warning}".TrimEnd());
        }
        catch (SentryException exception)
        {
            await ExplainAsync(exception, cancellationToken);
            return;
        }

        await ReadEssentialsAsync(cancellationToken);
        await ReadExtrasAsync(cancellationToken);
        Provisioning(organization);
        report.BlindSpot("Personal tokens of members are not listed by Sentry: what they reach is shown through their owner, their number is not known.");
    }

    private async Task ReadEssentialsAsync(CancellationToken cancellationToken)
    {
        await EssentialAsync("read-members", "member:read", "Member: Read", async () =>
        {
            var found = await FirstPageAsync(client.Members.List(org), cancellationToken);
            report.MemberCountHint = found;
            return found;
        });
        SentryTeam? team = null;
        await EssentialAsync("read-teams", "org:read", "Organization: Read", async () =>
        {
            await foreach (var page in client.Teams.List(org).Pages(cancellationToken))
            {
                team = page.OrderByDescending(candidate => candidate.MemberCount ?? 0).FirstOrDefault();
                return page.Count;
            }

            return 0;
        });
        if (team is not null)
        {
            await EssentialAsync("read-team-members", "team:read", "Team: Read", () => FirstPageAsync(client.Teams.ListMembers(org, team.Slug ?? team.Id), cancellationToken));
        }
        else
        {
            report.Pass("read-team-members", "There is no team to ask about.");
        }

        await EssentialAsync("read-projects", "org:read", "Organization: Read", () => FirstPageAsync(client.Projects.List(org), cancellationToken));
    }

    private async Task ReadExtrasAsync(CancellationToken cancellationToken)
    {
        await ExtraAsync("read-auth-provider", "single sign-on settings", "org:read", async () =>
            await client.AuthProvider.GetAsync(org, cancellationToken) is { } provider ? $"Single sign-on through {provider.ProviderName}." : "No single sign-on provider.");
        await ExtraAsync("read-sentry-apps", "internal integrations and apps", "org:read", async () =>
            Count(await FirstPageAsync(client.SentryApps.List(org), cancellationToken)));
        await ExtraAsync("read-integrations", "connections to other products", "org:read", async () =>
            Count(await FirstPageAsync(client.Integrations.List(org), cancellationToken)));
        await ExtraAsync("read-organization-tokens", "organization tokens", "org:read", async () =>
            Count(await FirstPageAsync(client.OrganizationTokens.List(org), cancellationToken)));
        await ExtraAsync("read-client-keys", "client keys", "org:read", async () =>
            Count(await FirstPageAsync(client.ClientKeys.ListForOrganization(org), cancellationToken)));
        await ExtraAsync("read-audit-log", "the audit log (who changed what)", "org:write, and as a person the role manager or owner", async () =>
            $"The audit log can be read; it knows {(await client.AuditLogs.ProbeAsync(org, cancellationToken)).Count} kinds of events.");
        await ExtraAsync("scim", "SCIM", "team:read, with SCIM switched on in the single sign-on provider", async () =>
            Count(await FirstPageAsync(client.Scim.ListGroups(org, includeMembers: false), cancellationToken)), isBlindSpot: false);
    }

    private async Task EssentialAsync(string id, string scope, string permission, Func<Task<int>> read)
    {
        try
        {
            report.Pass(id, Count(await read()));
        }
        catch (SentryException exception)
        {
            report.Fail(id, SentryFailures.From(exception).Sentence, $"Give the token the scope {scope} (permission {permission}).");
        }
    }

    private async Task ExtraAsync(string id, string what, string scope, Func<Task<string>> read, bool isBlindSpot = true)
    {
        try
        {
            report.Pass(id, await read());
        }
        catch (SentryException exception)
        {
            report.Warn(id, SentryFailures.From(exception).Sentence, $"To see {what}, the token needs {scope}.");
            if (isBlindSpot)
            {
                report.BlindSpot($"These credentials cannot see {what} (needs {scope}).");
            }
        }
    }

    private void Provisioning(SentryOrganization organization)
    {
        var access = organization.Access ?? [];
        var isPerson = options.Token.Kind is SentryTokenKind.Personal;
        report.Pass("provisioning", (access.Contains("member:admin"), isPerson) switch
        {
            (true, true) => "It could remove members and change roles below the person's own. Watchbill does not, until somebody switches that on.",
            (true, false) => "It could change teams; Sentry lets no integration remove members or change organization roles.",
            _ => "It can only read, which is all a sync needs.",
        });
    }

    private async Task ExplainAsync(SentryException failure, CancellationToken cancellationToken)
    {
        if (failure.Kind is SentryFailureKind.MissingScope or SentryFailureKind.Forbidden)
        {
            report.Fail(
                "organization", SentryFailures.From(failure).Sentence,
                options.Token.Kind is SentryTokenKind.Organization
                    ? "Organization tokens cannot read it; make an internal integration with Organization: Read."
                    : "Give the token the scope org:read (permission Organization: Read); a person's token also needs that person to be a member.");
        }
        else if (failure.Kind is SentryFailureKind.NotFound or SentryFailureKind.NotFoundAtGateway)
        {
            await ExplainMissingAsync(cancellationToken);
        }
        else if (failure.Kind is SentryFailureKind.InvalidToken or SentryFailureKind.TokenExpired or SentryFailureKind.UserInactive
            or SentryFailureKind.OrganizationNotAllowedForToken)
        {
            report.Fail("token-valid", failure.Message, PreflightSentences.TokenRemedy(failure.Kind, options.Token));
        }
        else
        {
            report.Fail("organization", failure.Message, "Try again; if it stays, look at Sentry's status page or at the server's log.");
        }
    }

    private async Task ExplainMissingAsync(CancellationToken cancellationToken)
    {
        if (await FindElsewhereAsync(cancellationToken) is { } elsewhere)
        {
            report.Fail("organization", $"{options.BaseAddress.Host} does not hold {org}, but {elsewhere} does.", $"Use the address {elsewhere}.");
            return;
        }

        var visible = await VisibleAsync(cancellationToken);
        report.Fail(
            "organization", $"There is no organization {org} that this token could see.",
            visible.Count == 0
                ? "Check the slug: it is the part after /organizations/ in Sentry's address bar."
                : $"Check the slug. The token sees: {string.Join(", ", visible)}.");
    }

    /// <summary>An organization lives in one region, and the other regions answer as if it did not exist.</summary>
    private async Task<string?> FindElsewhereAsync(CancellationToken cancellationToken)
    {
        var host = options.BaseAddress.Host;
        if (!SentryAddress.IsSentryCloud(host))
        {
            return null;
        }

        foreach (var candidate in CloudHosts.Where(candidate => new Uri(candidate).Host != host))
        {
            using var other = new SentryClient(options with { BaseAddress = new Uri(candidate), MaxAttempts = 1 });
            try
            {
                await other.Organizations.GetAsync(org, cancellationToken);
                return candidate;
            }
            catch (SentryException)
            {
                // Not there either; the next one is asked.
            }
        }

        return null;
    }

    private async Task<IReadOnlyList<string>> VisibleAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var page in client.Organizations.List().Pages(cancellationToken))
            {
                return [.. page.Select(organization => organization.Slug).OfType<string>().Take(5)];
            }
        }
        catch (SentryException)
        {
            // Some tokens may not list organizations; then nothing can be suggested.
        }

        return [];
    }

    private static async Task<int> FirstPageAsync<T>(SentryListing<T> listing, CancellationToken cancellationToken)
    {
        await foreach (var page in listing.Pages(cancellationToken))
        {
            return page.Count;
        }

        return 0;
    }

    private static string Count(int rows) => rows switch { 0 => "Readable; there are none.", 1 => "Readable; one on the first page.", _ => $"Readable; {rows} on the first page." };
}
