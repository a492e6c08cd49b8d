using System.Text.Json;
using Watchbill.Sentry.Simulator;

namespace Watchbill.Cli.Tests.Commands;

/// <summary>Evidence packs at the command line.</summary>
public sealed class EvidencePackTests
{
    private const string Framework = "soc2-tsc-2017-rev2022";

    [Fact]
    public async Task A_pack_is_written_verified_and_found_when_it_was_changed()
    {
        await using var server = await SimulatorServer.StartAsync(new SimulatorOptions { Size = OrganizationSize.Small });
        using var line = new CommandLine();
        await Connections.ConnectAsync(line, server);
        await line.RunAsync("sync");
        var file = Path.Combine(line.Folder, "pack.zip");
        var early = await line.RunAsync("evidence", "pack", Framework, "--out", file);
        Assert.Equal(ExitCode.Refused, early.ExitCode);
        Assert.Contains("The checks were not run", early.Error, StringComparison.Ordinal);
        await line.RunAsync("check", "run");

        var made = await line.RunAsync("evidence", "pack", Framework, "--from", "7d", "--control", "CC6.1", "--out", file, "--output", "json");
        Assert.Equal(ExitCode.Ok, made.ExitCode);
        var key = JsonDocument.Parse(made.Output).RootElement.GetProperty("rows")[0].GetProperty("keyFingerprint").GetString()!;
        Assert.Equal([file], Directory.GetFiles(line.Folder, "*.zip"));
        Assert.Empty(Directory.GetFiles(line.Folder, ".*"));
        Assert.Equal(ExitCode.BadInput, (await line.RunAsync("evidence", "pack", Framework, "--out", file)).ExitCode);
        Assert.Equal(ExitCode.NotFound, (await line.RunAsync("evidence", "pack", Framework, "--control", "CC99", "--out", file + "2")).ExitCode);
        Assert.Equal(ExitCode.NotFound, (await line.RunAsync("evidence", "pack", "none")).ExitCode);

        var intact = await line.RunAsync("evidence", "verify", file, "--key", key);
        Assert.Equal(ExitCode.Ok, intact.ExitCode);
        Assert.Contains("Intact:", intact.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Tampered, (await line.RunAsync("evidence", "verify", file, "--key", new string('0', 64))).ExitCode);
        string[] sample = ["evidence", "sample", file, "populations/members", "--engagement", "SOC 2 2026", "--control", "CC6.1", "--frequency", "weekly", "--output", "csv"];
        var drawn = await line.RunAsync(sample);
        Assert.Equal((ExitCode.Ok, 6), (drawn.ExitCode, drawn.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length));
        Assert.Equal(drawn.Output, (await line.RunAsync(sample)).Output);
        Assert.Equal(ExitCode.NotFound, (await line.RunAsync("evidence", "sample", file, "none", "--engagement", "a", "--control", "b")).ExitCode);
        Assert.Equal(ExitCode.NotFound, (await line.RunAsync("evidence", "verify", file + "x")).ExitCode);
        var bytes = await File.ReadAllBytesAsync(file);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(file, bytes);
        var tampered = await line.RunAsync("evidence", "verify", file);
        Assert.Equal(ExitCode.Tampered, tampered.ExitCode);
        Assert.Contains("NOT intact", tampered.Output, StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, "no pack");
        Assert.Equal(ExitCode.Tampered, (await line.RunAsync("evidence", "verify", file)).ExitCode);
    }

    [Fact]
    public async Task Several_sources_give_one_file_with_a_pack_of_each()
    {
        await using var server = await SimulatorServer.StartAsync(new SimulatorOptions { Size = OrganizationSize.Small });
        using var line = new CommandLine();
        foreach (var name in (string[])["Acme", "Zeta"])
        {
            Assert.Equal(ExitCode.Ok, (await line.RunAsync(
                "connect", "--name", name, "--address", server.BaseAddress.ToString(), "--organization", "acme", "--allow-private-networks", "--token-file", line.FileWith($"{name}.txt", server.ReaderToken()))).ExitCode);
            await line.RunAsync("sync", name);
        }

        await line.RunAsync("check", "run", "Acme");
        var file = Path.Combine(line.Folder, "set.zip");
        var early = await line.RunAsync("evidence", "pack", "gdpr", "--all", "--out", file);
        Assert.Equal(ExitCode.Refused, early.ExitCode);
        Assert.Contains("There is no pack of Zeta", early.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.BadInput, (await line.RunAsync("evidence", "pack", "gdpr", "Acme", "--all")).ExitCode);
        Assert.Equal(ExitCode.NotFound, (await line.RunAsync("evidence", "pack", "gdpr", "Acme", "Nowhere", "--out", file)).ExitCode);

        await line.RunAsync("check", "run", "Zeta");
        Assert.Equal(ExitCode.Ok, (await line.RunAsync("evidence", "pack", "gdpr", "Zeta", "Acme", "--out", file)).ExitCode);
        var verified = await line.RunAsync("evidence", "verify", file);
        Assert.Equal(ExitCode.Ok, verified.ExitCode);
        Assert.Contains("Intact: 2 packs,", verified.Output, StringComparison.Ordinal);
    }
}
