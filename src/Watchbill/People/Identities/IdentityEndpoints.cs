using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Watchbill.Api;
using Watchbill.Contracts;
using Watchbill.Contracts.People;
using Watchbill.Kernel;
using Watchbill.People.Identities.Scim;
using Contract = Watchbill.Contracts.People;

namespace Watchbill.People.Identities;

/// <summary>Directories and the people in them over HTTP.</summary>
internal static class IdentityEndpoints
{
    private const string Tag = "Identities";

    public static void Map(RouteGroupBuilder api)
    {
        var reading = api.MapGroup("").Needs(Right.ReadAccess).WithTags(Tag);
        reading.MapGet("/directories", (ManageDirectories directories, Caller caller, CancellationToken cancellationToken) =>
                Answers.Ok(directories.ListAsync(caller, cancellationToken), static list => (IReadOnlyList<Contract.IdentityDirectory>)[.. list.Select(IdentityContracts.Of)]))
            .WithName("listDirectories").WithSummary("The lists of people that Watchbill was given");
        reading.MapGet("/directories/{directory:long}", (long directory, ManageDirectories directories, Caller caller, CancellationToken cancellationToken) =>
                Answers.Ok(directories.FindAsync(new DirectoryId(directory), caller, cancellationToken), IdentityContracts.Of))
            .WithName("getDirectory").WithSummary("A directory");
        reading.MapGet("/directories/{directory:long}/groups", (long directory, ManageDirectories directories, Caller caller, CancellationToken cancellationToken) =>
                Answers.Ok(directories.GroupsAsync(new DirectoryId(directory), caller, cancellationToken), static groups => (IReadOnlyList<Contract.PushedGroup>)[.. groups.Select(IdentityContracts.Of)]))
            .WithName("listPushedGroups").WithSummary("The groups that an identity provider pushed into a directory");
        reading.MapGet("/identities", ListAsync).WithName("listIdentities").WithSummary("The people that directories name");
        reading.MapGet("/identities/{identity:long}", (long identity, ReadIdentities identities, Caller caller, CancellationToken cancellationToken) =>
                Answers.Ok(identities.FindAsync(new IdentityId(identity), caller, cancellationToken), IdentityContracts.Of))
            .WithName("getIdentity").WithSummary("A person that a directory names");
        var managing = api.MapGroup("").Needs(Right.ManageIdentities).WithTags(Tag);
        MapDirectories(managing);
        MapUploads(managing);
    }

    private static void MapDirectories(RouteGroupBuilder managing)
    {
        managing.MapPost("/directories", (NewDirectory input, ManageDirectories directories, Caller caller, CancellationToken cancellationToken) =>
                Answers.Created(
                    directories.CreateAsync(input.Name, Word.Parse<DirectoryKind>(input.Kind)!.Value, caller, cancellationToken),
                    static directory => $"/api/v1/directories/{directory.Id}",
                    IdentityContracts.Of))
            .Idempotent().WithName("createDirectory").WithSummary("Makes a directory, empty");
        managing.MapDelete("/directories/{directory:long}", (long directory, ManageDirectories directories, Caller caller, CancellationToken cancellationToken) =>
                Answers.Nothing(directories.RemoveAsync(new DirectoryId(directory), caller, cancellationToken)))
            .WithName("removeDirectory").WithSummary("Removes a directory: its people match no account any more");
        managing.MapPost("/directories/{directory:long}/token", (long directory, ManageDirectories directories, PublicAddress address, Caller caller, CancellationToken cancellationToken) =>
                Answers.Ok(
                    directories.IssueTokenAsync(new DirectoryId(directory), caller, cancellationToken),
                    issued => new DirectoryToken(IdentityContracts.Of(issued.Directory), issued.Token, address.Of(ScimEndpoints.Prefix).AbsoluteUri)))
            .WithName("issueDirectoryToken").WithSummary("Makes a token with which an identity provider pushes people by SCIM 2.0; the one before stops working");
        managing.MapPut("/directories/{directory:long}/decides-accounts", (long directory, DirectoryDecides input, ManageDirectories directories, Caller caller, CancellationToken cancellationToken) =>
                Answers.Ok(directories.LetDecideAsync(new DirectoryId(directory), input.Decides, caller, cancellationToken), IdentityContracts.Of))
            .Needs(Right.ManagePeople).WithName("letDirectoryDecide").WithSummary("Lets the groups that are pushed into a directory decide who has an account here, or no more");
        managing.MapDelete("/directories/{directory:long}/token", (long directory, ManageDirectories directories, Caller caller, CancellationToken cancellationToken) =>
                Answers.Nothing(directories.RevokeTokenAsync(new DirectoryId(directory), caller, cancellationToken)))
            .WithName("revokeDirectoryToken").WithSummary("Lets nobody push people into the directory any more");
    }

    private static void MapUploads(RouteGroupBuilder managing)
    {
        managing.MapPost("/directories/{directory:long}/uploads", SendAsync).WithMetadata(new LargeBody())
            .WithName("sendPeople").WithSummary("Sends a file of people, and says what taking it would do; nothing is changed");
        managing.MapGet("/uploads/{upload}", (string upload, UploadIdentities uploads, Caller caller, CancellationToken cancellationToken) =>
                Answers.Ok(uploads.FindAsync(upload, caller, cancellationToken), IdentityContracts.Of))
            .WithName("getUpload").WithSummary("What taking a file would do now; for the one who sent it, for an hour");
        managing.MapPut("/uploads/{upload}/columns", ChooseAsync).WithName("chooseColumns").WithSummary("Reads the same file with other columns");
        managing.MapPost("/uploads/{upload}/take", (string upload, TakeUpload input, UploadIdentities uploads, Caller caller, CancellationToken cancellationToken) =>
                Answers.Ok(uploads.TakeAsync(upload, input.IsComplete, caller, cancellationToken), IdentityContracts.Of))
            .Idempotent().WithName("takeUpload").WithSummary("Takes a file: everything it says, or nothing of it. Who is not in it any more has left");
    }

    private static async Task<Results<Ok<Page<Contract.Identity>>, ProblemHttpResult>> ListAsync(
        [AsParameters] IdentityQuery query, ReadIdentities identities, Caller caller, HttpRequest request, CancellationToken cancellationToken)
    {
        var cursor = Cursor.Of(request, query.Cursor);
        if (!cursor.Succeeded)
        {
            return Problems.Of(cursor.Refusal!);
        }

        DirectoryId? directory = query.Directory is { } id ? new DirectoryId(id) : null;
        return await Answers.Ok(identities.ListAsync(new IdentitySearch(query.Text, query.Active, directory), caller, cancellationToken), all =>
        {
            var (items, next) = cursor.Value.Part(all, query, request, IdentityContracts.Of);
            return new Page<Contract.Identity>(items, all.Count, next);
        });
    }

    private static async Task<Results<Ok<Upload>, ProblemHttpResult>> SendAsync(long directory, NewUpload input, UploadIdentities uploads, Caller caller, CancellationToken cancellationToken)
    {
        var columns = IdentityContracts.Columns(input.Columns);
        return columns.Succeeded
            ? await Answers.Ok(
                uploads.SendAsync(new SentFile(new DirectoryId(directory), input.FileName, Encoding.UTF8.GetBytes(input.Content), columns.Value), caller, cancellationToken), IdentityContracts.Of)
            : Problems.Of(columns.Refusal!);
    }

    private static async Task<Results<Ok<Upload>, ProblemHttpResult>> ChooseAsync(string upload, UploadColumns input, UploadIdentities uploads, Caller caller, CancellationToken cancellationToken)
    {
        var columns = IdentityContracts.Columns(input.Columns);
        return columns.Succeeded ? await Answers.Ok(uploads.ChooseAsync(upload, columns.Value!, caller, cancellationToken), IdentityContracts.Of) : Problems.Of(columns.Refusal!);
    }

    /// <summary>A file of people may be larger than other bodies; as JSON it grows.</summary>
    private sealed class LargeBody : IRequestSizeLimitMetadata
    {
        public long? MaxRequestBodySize => 2 * IdentityFile.MostBytes;
    }
}
