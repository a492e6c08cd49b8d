using System.Text;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.People.Identities;
using Watchbill.Testing;

namespace Watchbill.Tests.People.Identities;

/// <summary>A file is looked at first, then taken whole or not at all; who is not in it any more has left and is never deleted.</summary>
public sealed class UploadTests
{
    [Theory, EveryEngine]
    public async Task A_file_fills_a_directory_and_the_next_one_makes_leavers(TestEngine engine)
    {
        await using var scene = await PeopleScene.StartAsync(engine);
        var directory = await MakeAsync(scene);
        var first = await TakeAsync(scene, directory, "id,mail,name,manager\n1,ada@example.com,Ada,2\n2,bo@example.com,Bo,\n3,cy@example.com,Cy,2\n");
        Assert.Equal((3, 0, 0, 0), (first.Added.Count, first.Changed.Count, first.Left.Count, first.Unchanged));
        var before = await PeopleAsync(scene);
        scene.Clock.Advance(TimeSpan.FromDays(1));

        // Ada and Bo change user names with each other, Cy is gone, Di is new.
        var preview = await SendAsync(scene, directory, "id,mail,name,manager\n1,bo@example.com,Ada,2\n2,ada@example.com,Bo,\n4,di@example.com,Di,1\n");
        Assert.Equal((1, 2, 1, 0), (preview.Added.Count, preview.Changed.Count, preview.Left.Count, preview.Unchanged));
        Assert.Equal(before.Version, (await PeopleAsync(scene)).Version);
        PeopleScene.Must(await scene.Get<UploadIdentities>().TakeAsync(preview.Id, isComplete: false, PeopleScene.Operator, default));

        var now = await PeopleAsync(scene);
        Assert.Equal(["bo@example.com", "ada@example.com", "cy@example.com", "di@example.com"], now.All.Select(static one => one.Email));
        var cy = now.All[2];
        Assert.Equal((false, scene.Clock.GetUtcNow()), (cy.IsActive, cy.InactiveSince));
        Assert.Equal(before.All[2].Id, cy.Id);
        Assert.Equal("Bo", now.ManagerOf(now.All[0])!.Name);
        Assert.Equal("Ada", now.ManagerOf(now.All[3])!.Name);
        Assert.Equal("upload-not-found", (await scene.Get<UploadIdentities>().TakeAsync(preview.Id, false, PeopleScene.Operator, default)).Refusal!.Code);
        Assert.Equal(["directory-made", "directory-filled", "directory-filled"], await scene.ActionsAsync());
    }

    [Fact]
    public async Task A_file_with_one_wrong_line_is_not_taken_at_all()
    {
        await using var scene = await PeopleScene.StartAsync(TestEngine.Sqlite);
        var directory = await MakeAsync(scene);

        var preview = await SendAsync(scene, directory, "mail,name\nada@example.com,Ada\nnobody,Bo\n");
        var taken = await scene.Get<UploadIdentities>().TakeAsync(preview.Id, true, PeopleScene.Operator, default);

        Assert.Equal("file-has-errors", taken.Refusal!.Code);
        Assert.Contains("line 3", taken.Refusal.Message, StringComparison.Ordinal);
        Assert.Empty((await PeopleAsync(scene)).All);
        var chosen = PeopleScene.Must(await scene.Get<UploadIdentities>().ChooseAsync(
            preview.Id, new FileColumns(new Dictionary<FileField, string> { [FileField.Email] = "name", [FileField.Name] = "mail" }), PeopleScene.Operator, default));
        Assert.Equal(2, chosen.Errors.Count);
    }

    [Fact]
    public async Task A_file_that_is_probably_cut_off_needs_somebody_to_say_that_it_is_complete()
    {
        await using var scene = await PeopleScene.StartAsync(TestEngine.Sqlite);
        var directory = await MakeAsync(scene);
        await TakeAsync(scene, directory, "mail,name\n" + string.Concat(Enumerable.Range(1, 50).Select(static number => $"p{number}@example.com,Person {number}\n")));

        var preview = await SendAsync(scene, directory, "mail,name\np1@example.com,Person 1\n");
        Assert.True(preview.LosesTooMany);
        Assert.Equal("too-many-leavers", (await scene.Get<UploadIdentities>().TakeAsync(preview.Id, isComplete: false, PeopleScene.Operator, default)).Refusal!.Code);
        Assert.All((await PeopleAsync(scene)).All, static one => Assert.True(one.IsActive));
        PeopleScene.Must(await scene.Get<UploadIdentities>().TakeAsync(preview.Id, isComplete: true, PeopleScene.Operator, default));
        Assert.Single((await PeopleAsync(scene)).All, static one => one.IsActive);
    }

    [Fact]
    public async Task A_file_is_only_for_who_sent_it_and_for_an_hour()
    {
        await using var scene = await PeopleScene.StartAsync(TestEngine.Sqlite);
        var directory = await MakeAsync(scene);
        var preview = await SendAsync(scene, directory, "mail,name\nada@example.com,Ada\n");
        var other = Caller.AtCommandLine(new Actor(ActorKind.CommandLine, "somebody-else"));

        Assert.Equal("upload-not-found", (await scene.Get<UploadIdentities>().FindAsync(preview.Id, other, default)).Refusal!.Code);
        Assert.Equal("upload-not-found", (await scene.Get<UploadIdentities>().FindAsync("../../etc", PeopleScene.Operator, default)).Refusal!.Code);
        scene.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal("upload-not-found", (await scene.Get<UploadIdentities>().TakeAsync(preview.Id, true, PeopleScene.Operator, default)).Refusal!.Code);
    }

    [Fact]
    public async Task What_is_no_text_or_too_large_is_refused()
    {
        await using var scene = await PeopleScene.StartAsync(TestEngine.Sqlite);
        var directory = await MakeAsync(scene);

        Assert.Equal("file-not-text", await RefusedAsync([0xFF, 0xFE, 0x41]));
        Assert.Equal("file-not-text", await RefusedAsync("mail,name\n\0"u8.ToArray()));
        Assert.Equal("file-too-large", await RefusedAsync(new byte[IdentityFile.MostBytes + 1]));
        var scim = PeopleScene.Must(await scene.Get<ManageDirectories>().CreateAsync("Pushed", DirectoryKind.Scim, PeopleScene.Operator, default));
        Assert.Equal("directory-not-by-file", (await scene.Get<UploadIdentities>().SendAsync(new(scim.Id, "x", "a"u8.ToArray()), PeopleScene.Operator, default)).Refusal!.Code);
        Assert.Equal("directory-exists", (await scene.Get<ManageDirectories>().CreateAsync("pushed ", DirectoryKind.File, PeopleScene.Operator, default)).Refusal!.Code);

        async Task<string> RefusedAsync(byte[] content) =>
            (await scene.Get<UploadIdentities>().SendAsync(new(directory, "people.csv", content), PeopleScene.Operator, default)).Refusal!.Code;
    }

    [Fact]
    public async Task A_removed_directory_names_nobody()
    {
        await using var scene = await PeopleScene.StartAsync(TestEngine.Sqlite);
        var directory = await MakeAsync(scene);
        await TakeAsync(scene, directory, "mail,name\nada@example.com,Ada\n");
        Assert.Single((await PeopleAsync(scene)).All);

        PeopleScene.Must(await scene.Get<ManageDirectories>().RemoveAsync(directory, PeopleScene.Operator, default));

        Assert.Empty((await PeopleAsync(scene)).All);
        Assert.Empty(PeopleScene.Must(await scene.Get<ManageDirectories>().ListAsync(PeopleScene.Operator, default)));
    }

    private static async Task<DirectoryId> MakeAsync(PeopleScene scene) =>
        PeopleScene.Must(await scene.Get<ManageDirectories>().CreateAsync("Staff", DirectoryKind.File, PeopleScene.Operator, default)).Id;

    private static async Task<UploadPreview> SendAsync(PeopleScene scene, DirectoryId directory, string text) =>
        PeopleScene.Must(await scene.Get<UploadIdentities>().SendAsync(new(directory, "people.csv", Encoding.UTF8.GetBytes("\uFEFF" + text)), PeopleScene.Operator, default));

    private static async Task<UploadPreview> TakeAsync(PeopleScene scene, DirectoryId directory, string text) =>
        PeopleScene.Must(await scene.Get<UploadIdentities>().TakeAsync((await SendAsync(scene, directory, text)).Id, isComplete: false, PeopleScene.Operator, default));

    private static Task<IdentitySnapshot> PeopleAsync(PeopleScene scene) => scene.Get<IdentityBook>().CurrentAsync(default);
}
