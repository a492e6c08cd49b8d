using System.Text.Json.Nodes;
using Watchbill.Audit;
using Watchbill.Kernel;
using Watchbill.People.Identities.Scim;

namespace Watchbill.People.Identities;

/// <summary>What directories write into the audit log. Of people, only how many; a pushed person by the directory's key.</summary>
internal static class IdentityEvents
{
    public static AuditEvent OfDirectory(string action, DirectoryRow row, Actor actor) => new()
    {
        Actor = actor,
        Action = action,
        SubjectKind = "directory",
        SubjectId = row.Id.ToString(),
        After = new JsonObject { ["name"] = row.Name, ["kind"] = Word.Of(row.Kind), ["token"] = row.TokenLastFour is { } last ? $"…{last}" : null, ["decidesAccounts"] = row.DecidesAccounts }.ToJsonString(),
    };

    public static AuditEvent FileTaken(DirectoryRow row, string fileName, DirectoryDifference difference, Actor actor) => OfDirectory("directory-filled", row, actor) with
    {
        After = new JsonObject
        {
            ["name"] = row.Name,
            ["file"] = fileName,
            ["added"] = difference.Added.Count,
            ["changed"] = difference.Changed.Count,
            ["left"] = difference.Left.Count,
            ["unchanged"] = difference.Unchanged,
        }.ToJsonString(),
    };

    /// <summary>A group, and how many are in it.</summary>
    public static AuditEvent OfGroup(string action, DirectoryRow row, GroupRow group, int members, Actor actor) => new()
    {
        Actor = actor,
        Action = action,
        SubjectKind = "group",
        SubjectId = group.Key,
        After = new JsonObject { ["directory"] = row.Name, ["name"] = group.Name, ["members"] = members }.ToJsonString(),
    };

    public static AuditEvent Pushed(string action, DirectoryRow row, string key, Actor actor) => new()
    {
        Actor = actor,
        Action = action,
        SubjectKind = "identity",
        SubjectId = key,
        After = new JsonObject { ["directory"] = row.Name }.ToJsonString(),
    };
}
