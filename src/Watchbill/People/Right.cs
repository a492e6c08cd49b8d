namespace Watchbill.People;

/// <summary>One thing that somebody may or may not do. Use cases ask for rights, never for roles.</summary>
public enum Right
{
    /// <summary>See connectors, their runs, and what they read: members, teams, projects, access and its history.</summary>
    ReadAccess,

    /// <summary>Add, edit, pause and remove connectors, give them tokens, start runs, decide about held ones.</summary>
    ManageConnectors,

    /// <summary>Ask for changes in Sentry, try them again, take them back: who gets, keeps and loses access.</summary>
    ChangeAccess,

    /// <summary>Prepare access reviews, start, close and complete them, give items to other reviewers. Deciding needs no right: it needs to be the reviewer.</summary>
    ManageReviews,

    /// <summary>Say who the people are and whose account is whose: directories, matching rules, owners and kinds of accounts.</summary>
    ManageIdentities,

    /// <summary>Run checks, set their parameters, approve exceptions, acknowledge what the log tells.</summary>
    ManageCompliance,

    /// <summary>Ask for exceptions to checks; somebody else approves them.</summary>
    AskForExceptions,

    /// <summary>Work in audit engagements: those that name one, or any for whoever may read access.</summary>
    EnterEngagements,

    /// <summary>See accounts, their roles, sign-ins and API tokens.</summary>
    ReadPeople,

    /// <summary>Invite people, change their roles, close their accounts, end their sessions and API tokens.</summary>
    ManagePeople,

    /// <summary>See the record of what was done in Watchbill.</summary>
    ReadAudit,

    /// <summary>Replace the keys that sign the evidence log, statements and packs.</summary>
    ReplaceKeys,
}
