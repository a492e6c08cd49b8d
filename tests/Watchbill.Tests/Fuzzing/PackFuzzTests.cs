using System.Text;
using Watchbill.Packs.Verifying;
using Watchbill.Testing;
using Watchbill.Tests.Packs;

namespace Watchbill.Tests.Fuzzing;

/// <summary>An evidence pack comes from somebody else. Whatever stands in it, verifying says what is wrong, and ends.</summary>
public sealed class PackFuzzTests
{
    private const int Seed = 20261201;

    [Fact]
    public async Task Files_in_a_pack_whose_manifests_fit()
    {
        await using var scene = await PackScene.StartAsync();
        var folder = scene.Unpack(await scene.BuildAsync());
        var files = Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
        var samples = files.ConvertAll(static file => Encoding.Latin1.GetString(File.ReadAllBytes(file)));
        var random = new Random(Seed);
        for (var round = 0; round < Mutations.Rounds(250); round++)
        {
            var chosen = random.Next(files.Count);
            var text = new Mutations(Seed + round, [samples[chosen]]).Next();
            await File.WriteAllBytesAsync(files[chosen], Encoding.Latin1.GetBytes(text));
            TamperedBag.Rewrite(folder);

            // A manifest that was broken is whole again now.
            var same = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(files[chosen])) == samples[chosen];
            Verify(folder, round, () => $"{files[chosen]}\n{text[..Math.Min(text.Length, 2_000)]}", mayBeIntact: same);
            await File.WriteAllBytesAsync(files[chosen], Encoding.Latin1.GetBytes(samples[chosen]));
            TamperedBag.Rewrite(folder);
        }
    }

    [Fact]
    public async Task The_container_itself()
    {
        await using var scene = await PackScene.StartAsync();
        var pack = await scene.BuildAsync();
        var whole = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(pack.Path));
        var path = Path.Combine(scene.Folder, "broken.zip");
        var mutations = new Mutations(Seed, [whole]);
        for (var round = 0; round < Mutations.Rounds(150); round++)
        {
            var text = mutations.Next();
            await File.WriteAllBytesAsync(path, Encoding.Latin1.GetBytes(text));
            Verify(path, round, () => $"{text.Length} bytes", mayBeIntact: text == whole);
        }
    }

    private static void Verify(string path, int round, Func<string> what, bool mayBeIntact)
    {
        try
        {
            Assert.True(mayBeIntact || !VerifyPack.Run(path, null).IsIntact, $"Round {round} of seed {Seed} was said to be intact: {what()}");
        }
        catch (Exception exception) when (exception is not Xunit.Sdk.IAssertionException)
        {
            Assert.Fail($"Round {round} of seed {Seed} broke with {exception.GetType().Name}: {exception.Message}\n{exception.StackTrace}\n{what()}");
        }
    }
}
