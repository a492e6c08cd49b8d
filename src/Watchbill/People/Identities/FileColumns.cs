using System.Text.Json.Serialization;

namespace Watchbill.People.Identities;

/// <summary>What a column of a file of people can hold.</summary>
public enum FileField
{
    /// <summary>The e-mail address. Needed.</summary>
    Email,

    /// <summary>The person's name. Needed.</summary>
    Name,

    /// <summary>What tells people apart when their address changes, for example an employee number; the address where no column holds one.</summary>
    Key,

    /// <summary>Whether the person works here; everybody does where no column tells.</summary>
    Status,

    /// <summary>Other addresses, with spaces, commas or semicolons between.</summary>
    Aliases,

    /// <summary>The manager's key or address.</summary>
    Manager,

    /// <summary>The department.</summary>
    Department,

    /// <summary>The job title.</summary>
    Title,

    /// <summary>The name the person signs in with; the address where no column holds one.</summary>
    UserName,
}

/// <summary>Which column of a file holds what, by the column's heading.</summary>
/// <param name="Headings">By field; what is not in it is in no column.</param>
public sealed record FileColumns(IReadOnlyDictionary<FileField, string> Headings)
{
    private static readonly Dictionary<FileField, string[]> Usual = new()
    {
        [FileField.Email] = ["email", "mail", "emailaddress", "workemail", "primaryemail", "businessemail"],
        [FileField.Name] = ["name", "displayname", "fullname", "employeename", "preferredname"],
        [FileField.Key] = ["id", "key", "employeeid", "employeenumber", "personnelnumber", "workerid", "externalid"],
        [FileField.Status] = ["status", "active", "isactive", "employmentstatus", "state", "accountenabled"],
        [FileField.Aliases] = ["aliases", "alias", "otheremails", "proxyaddresses", "secondaryemail"],
        [FileField.Manager] = ["manager", "manageremail", "managerid", "reportsto", "supervisor"],
        [FileField.Department] = ["department", "dept", "team", "organization", "costcenter"],
        [FileField.Title] = ["title", "jobtitle", "position", "role"],
        [FileField.UserName] = ["username", "login", "userprincipalname", "upn"],
    };

    /// <summary>The heading of a field's column; null when no column holds it.</summary>
    public string? this[FileField field] => Headings.GetValueOrDefault(field);

    /// <summary>Guesses by the headings that people systems usually write.</summary>
    public static FileColumns Guess(IReadOnlyList<string> headings)
    {
        ArgumentNullException.ThrowIfNull(headings);
        Dictionary<FileField, string> guessed = [];
        foreach (var (field, names) in Usual)
        {
            var found = names.Select(name => headings.FirstOrDefault(heading => Plain(heading) == name)).FirstOrDefault(static heading => heading is not null);
            if (found is not null && !guessed.ContainsValue(found))
            {
                guessed[field] = found;
            }
        }

        return new FileColumns(guessed);
    }

    private static string Plain(string heading) => new([.. heading.Where(char.IsAsciiLetterOrDigit).Select(char.ToLowerInvariant)]);
}

/// <summary>How the columns are kept.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(Dictionary<FileField, string>))]
internal sealed partial class FileColumnsJson : JsonSerializerContext;
