using Watchbill.People.Identities;

namespace Watchbill.Tests.People.Identities;

/// <summary>A file of people is read whole, and everything that is wrong with it is told with its line.</summary>
public sealed class IdentityFileTests
{
    [Fact]
    public void What_people_systems_usually_write_is_understood()
    {
        var reading = Read(
            """
            Employee ID;E-Mail;Display Name;Status;Aliases;Manager;Department;Job Title;UPN
            7;Ada@Example.com;Ada Example;Active;"ada@old.example, a.example@example.com";8;R&D;"Engineer; Lead";ada
            8;bo@example.com;"Example, Bo";terminated;;;;;
            """);

        Assert.Empty(reading.Errors);
        Assert.Empty(reading.Warnings);
        var ada = reading.People[0];
        Assert.Equal(("7", "ada@example.com", "Ada Example", "ada", true), (ada.Key, ada.Email, ada.Name, ada.UserName, ada.IsActive));
        Assert.Equal(("8", "R&D", "Engineer; Lead"), (ada.Manager, ada.Department, ada.Title));
        Assert.Equal(["a.example@example.com", "ada@old.example"], ada.Aliases);
        Assert.Equal(("Example, Bo", "bo@example.com", false), (reading.People[1].Name, reading.People[1].UserName, reading.People[1].IsActive));
    }

    [Theory]
    [InlineData("", "1: The file is empty; its first line must name the columns.")]
    [InlineData("mail\nada@example.com", "1: No column is chosen for the name; choose the one that holds it.")]
    [InlineData("mail,mail\n", "1: Two columns are headed 'mail'; give one another name.")]
    [InlineData("mail,,name\n", "1: A column has no heading, or one of more than 200 characters.")]
    [InlineData("mail,name\nada,Ada", "2: 'ada' is not an e-mail address.")]
    [InlineData("mail,name\n\nada@example.com,", "3: The name is missing, longer than 100 characters, or holds invisible ones.")]
    [InlineData("mail,name\nada@example.com,Ada,more", "2: The line has 3 columns where the first has 2; look for a separator or a quotation mark too many.")]
    [InlineData("mail,name,status\nada@example.com,Ada,perhaps", "2: The status 'perhaps' is not known; write active or inactive.")]
    [InlineData("mail,name,aliases\nada@example.com,Ada,a@example.com nobody", "2: 'nobody' is not an e-mail address.")]
    [InlineData("mail,name\nada@example.com,Ada\nADA@example.com,Ada again", "3: The key 'ada@example.com' is in line 2 already.")]
    [InlineData("id,mail,name\n1,ada@example.com,Ada\n1,bo@example.com,Bo", "3: The key '1' is in line 2 already.")]
    [InlineData("mail,name\n\"ada@example.com,Ada\nbo@example.com,Bo", "2: The line cannot be read; look for a quotation mark that is not closed.")]
    [InlineData("mail,name,title\n\"ada@example.com\",\"A\nda\",x\nbo,Bo,x", "2: The name is missing, longer than 100 characters, or holds invisible ones.")]
    [InlineData("mail,name,title\n\"ada@example.com\",Ada,\"two\nlines\"\nbo,Bo,x", "4: 'bo' is not an e-mail address.")]
    public void What_is_wrong_is_told_with_its_line(string text, string expected)
    {
        var note = Read(text).Errors[0];

        Assert.Equal(expected, $"{note.Line}: {note.Sentence}");
    }

    [Fact]
    public void A_manager_who_is_not_in_the_file_is_told_and_does_no_harm()
    {
        var reading = Read("mail,name,manager\nada@example.com,Ada,chief@example.org");

        Assert.Empty(reading.Errors);
        Assert.Equal("The manager 'chief@example.org' of ada@example.com is not in the file; they will have none.", Assert.Single(reading.Warnings).Sentence);
    }

    [Fact]
    public void A_column_that_is_not_in_the_file_is_told()
    {
        var reading = IdentityFile.Read("mail,name\n", static _ => new FileColumns(new Dictionary<FileField, string> { [FileField.Email] = "mail", [FileField.Name] = "who" }));

        Assert.Equal("The column 'who', chosen for the name, is not in the file.", Assert.Single(reading.Errors).Sentence);
    }

    private static IdentityFileReading Read(string text) => IdentityFile.Read(text, FileColumns.Guess);
}
