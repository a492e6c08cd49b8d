using System.Diagnostics;
using Watchbill.Connectors;
using Watchbill.People;
using Watchbill.Sentry.Simulator;
using Watchbill.Server.Testing;
using Watchbill.Testing;

namespace Watchbill.Terraform.Tests;

/// <summary>The real <c>terraform</c>, where there is one on the PATH.</summary>
public sealed class TerraformTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Terraform_plans_applies_sees_drift_imports_and_destroys()
    {
        await using var served = await ServedOrganization.StartAsync(OrganizationSize.Small);
        await served.JoinAsync("ada@example.com", "Ada", Role.SuperAdministrator);
        await PrepareAsync(served, schedule: "hourly");

        var planned = await RunAsync(served, "plan", "-no-color", "-input=false");
        Assert.Contains("6 to add", planned, StringComparison.Ordinal);
        Assert.Contains("(sensitive value)", planned, StringComparison.Ordinal);
        await RunAsync(served, "apply", "-no-color", "-input=false", "-auto-approve");
        var source = Assert.Single(ServedPeople.Must(await served.Get<ConnectorQueries>().ListAsync(Caller.System, default)));
        Assert.Equal(("Acme", "hourly", served.Token[^4..], 0.7), (source.Name, source.Schedule.Text, source.TokenLastFour, source.BudgetShare));
        Assert.Contains("No changes", await RunAsync(served, "plan", "-no-color", "-input=false", "-detailed-exitcode"), StringComparison.Ordinal);

        var details = new ConnectorDetails { Name = "Acme", Address = served.Sentry.BaseAddress.AbsoluteUri, OrganizationSlug = ServedOrganization.Slug, AllowPrivateNetworks = true, Schedule = "manual", Owners = [] };
        ServedPeople.Must(await served.Get<EditConnector>().RunAsync(new ConnectorEdit(source.Id, source.Version, details), Caller.System, default));
        var drift = await RunAsync(served, "plan", "-no-color", "-input=false");
        Assert.Contains("\"manual\" -> \"hourly\"", drift, StringComparison.Ordinal);
        Assert.Contains("1 to change", drift, StringComparison.Ordinal);

        await RunAsync(served, "state", "rm", "watchbill_source.acme");
        await RunAsync(served, "import", "-no-color", "-input=false", "watchbill_source.acme", "Acme");
        await RunAsync(served, "apply", "-no-color", "-input=false", "-auto-approve");
        await RunAsync(served, "destroy", "-no-color", "-input=false", "-auto-approve");
        Assert.Empty(ServedPeople.Must(await served.Get<ConnectorQueries>().ListAsync(Caller.System, default)));
    }

    public void Dispose() => _folder.Dispose();

    private async Task PrepareAsync(ServedOrganization served, string schedule)
    {
        var bin = Directory.CreateDirectory(_folder.File("bin")).FullName;
        var program = Path.Combine(bin, "terraform-provider-watchbill");
        await File.WriteAllTextAsync(program, $"#!/bin/sh\nexec dotnet '{ProviderProcess.Path}'\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await File.WriteAllTextAsync(_folder.File("terraformrc"), $$"""
            provider_installation {
              dev_overrides { "watchbill/watchbill" = "{{bin}}" }
              direct {}
            }
            """);
        await File.WriteAllTextAsync(_folder.File("main.tf"), Configuration(served, schedule));
    }

    private static string Configuration(ServedOrganization served, string schedule) =>
        $$"""
        terraform {
          required_providers { watchbill = { source = "watchbill/watchbill" } }
        }

        variable "sentry_token" {
          type      = string
          sensitive = true
        }

        resource "watchbill_source" "acme" {
          name                   = "Acme"
          address                = "{{served.Sentry.BaseAddress.AbsoluteUri}}"
          organization           = "acme"
          token                  = var.sentry_token
          owners                 = ["ada@example.com"]
          schedule               = "{{schedule}}"
          allow_private_networks = true
        }

        resource "watchbill_check_parameter" "inactive" {
          source    = watchbill_source.acme.id
          check     = "member-inactive"
          parameter = "inactiveDays"
          value     = "45"
        }

        resource "watchbill_channel" "ops" {
          name    = "Ops"
          kind    = "webhook"
          address = "https://hooks.example.com/secret-path"
          source  = watchbill_source.acme.id
        }

        resource "watchbill_request_policy" "on_call" {
          name   = "On call"
          source = watchbill_source.acme.id
          steps  = [{ rules = ["named"], named = ["ada@example.com"] }, { rules = ["team-admin"], needed = 1 }]
          automatic = { up_to_minutes = 30 }
        }

        resource "watchbill_access_review" "quarterly" {
          name                 = "Quarterly"
          source               = watchbill_source.acme.id
          owner                = "ada@example.com"
          starts_at            = "2030-01-07T08:00:00Z"
          repeats_every_months = 3
        }

        resource "watchbill_framework" "baseline" {
          id       = "acme-baseline"
          name     = "Baseline"
          edition  = "2026"
          controls = [{ id = "AC-1", title = "A second factor", theme = "access", checks = ["member-strong-auth"] }]
        }
        """;

    private async Task<string> RunAsync(ServedOrganization served, params string[] arguments)
    {
        var start = new ProcessStartInfo("terraform", arguments) { WorkingDirectory = _folder.Path, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["TF_CLI_CONFIG_FILE"] = _folder.File("terraformrc");
        start.Environment["TF_VAR_sentry_token"] = served.Token;
        start.Environment["CHECKPOINT_DISABLE"] = "1";
        start.Environment["WATCHBILL_SERVER"] = served.Server.Listening.AbsoluteUri;
        start.Environment["WATCHBILL_TOKEN"] = _token ??= await served.TokenAsync(Role.SuperAdministrator);
        using var process = Found(start);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        var said = await output + await error;
        Assert.True(process.ExitCode == 0, said);
        Assert.DoesNotContain(served.Token, said, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-path", said, StringComparison.Ordinal);
        return said;
    }

    private string? _token;

    private static Process Found(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("There is no terraform on the PATH.");
            throw;
        }
    }
}
