using System.Text.Json;
using Watchbill.Compliance.Actions;
using Watchbill.Compliance.Artifacts;
using Watchbill.Compliance.Exceptions;
using Watchbill.Compliance.Frameworks;
using Watchbill.Compliance.Runs;
using Watchbill.Kernel;
using Contract = Watchbill.Contracts.Compliance;

namespace Watchbill.Compliance;

/// <summary>Compliance as the HTTP API has it.</summary>
internal static class ComplianceContracts
{
    public static Contract.CheckDefinition Of(CheckDefinition definition) => new()
    {
        Id = definition.Id,
        Version = definition.Version,
        Severity = Word.Of(definition.Severity),
        Title = definition.Title,
        Asserts = definition.Asserts,
        Rationale = definition.Rationale,
        Remediation = definition.Remediation,
        Reads = [.. definition.Reads.Select(static input => Word.Of(input))],
        Fields = definition.Fields,
        Scopes = definition.Scopes,
        Parameters = [.. definition.Parameters.Select(static parameter => new Contract.CheckParameter
        {
            Name = parameter.Name, Meaning = parameter.Meaning, Kind = Word.Of(parameter.Kind), Default = parameter.Default, Least = parameter.Least, Most = parameter.Most,
        })],
    };

    public static Contract.CheckRun Of(CheckRun run) => new()
    {
        Id = run.Id.Value,
        Connector = run.Connector.Value,
        At = run.At,
        EndedAt = run.EndedAt,
        Digest = run.Digest,
        Lines = [.. run.Lines.Select(Of)],
    };

    public static Contract.CheckLine Of(CheckLine line) => new()
    {
        Check = line.CheckId,
        Version = line.Version,
        Outcome = Word.Of(line.Outcome),
        Reason = line.Reason,
        Settings = JsonSerializer.Deserialize(line.Settings, ComplianceJson.Default.SortedDictionaryStringString)!,
        DefinitionSha256 = line.DefinitionDigest,
        Passed = line.Passed,
        Failed = line.Failed,
        NotEvaluated = line.NotEvaluated,
        NotApplicable = line.NotApplicable,
        Excepted = line.Excepted,
        ResultsRun = line.ResultsRun?.Value,
    };

    public static Contract.CheckResult Of(CheckResult result) => new()
    {
        Check = result.CheckId,
        ResourceKind = Word.Of(result.Resource.Kind),
        ResourceKey = result.Resource.Key,
        ResourceName = result.Resource.Name,
        Outcome = Word.Of(result.Outcome),
        Reason = result.Reason,
        Exception = result.Exception?.Value,
        From = result.From,
        To = result.To,
    };

    public static Contract.CheckDetails Of(CheckDetails details) => new()
    {
        Definition = Of(details.Definition),
        Line = details.Line is { } line ? Of(line) : null,
        RunAt = details.Run?.At,
        ResultsAt = details.ResultsAt,
        Settings = [.. details.Settings.Select(static setting => new Contract.CheckSetting
        {
            Name = setting.Parameter.Name,
            Value = setting.Value,
            IsDefault = setting.Value == setting.Parameter.Default,
            History = [.. setting.History.Select(static past => new Contract.PastSetting(past.Value, past.From, past.Reason, past.By?.Value))],
        })],
        Exceptions = [.. details.Exceptions.Select(Of)],
        Controls = details.Controls.GroupBy(static place => place.Framework.Id)
            .ToDictionary(static group => group.Key, static group => (IReadOnlyList<string>)[.. group.Select(static place => place.Control.Id)]),
    };

    public static Contract.CheckException Of(CheckException exception) => new()
    {
        Id = exception.Id.Value,
        Connector = exception.Connector.Value,
        Check = exception.CheckId,
        ResourceKind = exception.Resource is { } resource ? Word.Of(resource.Kind) : null,
        ResourceKey = exception.Resource?.Key,
        ResourceName = exception.Resource?.Name,
        Reason = exception.Reason,
        State = Word.Of(exception.State),
        AskedAt = exception.AskedAt,
        AskedBy = exception.AskedBy?.Value,
        EndsAt = exception.EndsAt,
        DecidedAt = exception.DecidedAt,
        DecidedBy = exception.DecidedBy?.Value,
        Decision = exception.Decision,
    };

    public static Contract.ComplianceAction Of(ComplianceAction action) => new()
    {
        Id = action.Id.Value,
        Connector = action.Connector.Value,
        Check = action.CheckId,
        Title = action.Title,
        Description = action.Description,
        Severity = Word.Of(action.Severity),
        State = Word.Of(action.State),
        Owner = action.Owner?.Value,
        OpenedAt = action.OpenedAt,
        DueAt = action.DueAt,
        ClosedAt = action.ClosedAt,
        Closing = action.Closing,
        Reopened = action.Reopened,
        Failing = action.Failing,
    };

    public static Contract.ActionDetails Of(ActionDetails details) =>
        new(Of(details.Action), [.. details.Notes.Select(static note => new Contract.ActionNote(note.At, Word.Of(note.Kind), note.Text, note.Link, note.By?.Value))]);

    public static Contract.Outcomes Of(Outcomes outcomes) => new(outcomes.Pass, outcomes.Fail, outcomes.NotEvaluated, outcomes.NotApplicable, outcomes.Excepted);

    public static Contract.Posture Of(PostureReport report) => new()
    {
        RunAt = report.Run?.At,
        Checks = Of(Outcomes.Of((report.Run?.Lines ?? []).Select(static line => line.Outcome))),
        Frameworks = [.. report.Frameworks.Select(static one => new Contract.FrameworkStanding(one.Framework.Id, one.Framework.Name, Of(one.Controls), one.Framework.ControlCount))],
        Trend = [.. report.Trend.Select(static point => new Contract.PosturePoint(point.At, Of(point.Checks)))],
        Began = [.. report.Began.Select(Of)],
        Ceased = [.. report.Ceased.Select(Of)],
        Exceptions = [.. report.Exceptions.Select(Of)],
        Actions = new Contract.ActionFigures(report.Actions.Open, report.Actions.Overdue, report.Actions.Unowned),
        Problems = [.. report.Inputs.Where(static input => input.Problem is not null).Select(static input => new Contract.InputProblem(input.Title, input.Problem!))],
    };

    public static Contract.Artifact Of(Artifact artifact) => new()
    {
        Id = artifact.Id.Value,
        Connector = artifact.Connector.Value,
        Name = artifact.Name,
        MediaType = artifact.MediaType,
        Size = artifact.Size,
        Sha256 = artifact.Sha256,
        Shows = artifact.Shows,
        Source = artifact.Source,
        Controls = artifact.Controls,
        Action = artifact.Action?.Value,
        ObservedAt = artifact.ObservedAt,
        CollectedAt = artifact.CollectedAt,
        RecordedAt = artifact.RecordedAt,
        RecordedBy = artifact.RecordedBy?.Value,
        KeepUntil = artifact.KeepUntil,
        HoldReason = artifact.HoldReason,
        ErasedAt = artifact.ErasedAt,
        ErasedReason = artifact.ErasedReason,
    };

    public static Contract.Control Of(ControlReport report) => new()
    {
        Framework = report.Framework.Id,
        Id = report.Control.Id,
        Title = report.Control.Title,
        CannotShow = FrameworkCatalogue.CannotShow(report.Control.Theme),
        Outcome = report.Outcome is { } outcome ? Word.Of(outcome) : null,
        Checks = [.. report.Lines.Select(Of)],
        History = [.. report.History.Select(static change => new Contract.ControlChange(change.At, Word.Of(change.Outcome)))],
        Actions = [.. report.Actions.Select(Of)],
        Exceptions = [.. report.Exceptions.Select(Of)],
        Artifacts = [.. report.Artifacts.Select(Of)],
    };

    public static Contract.Framework Of(Framework framework, IReadOnlyList<CheckOutcome> outcomes) => new()
    {
        Id = framework.Id,
        Name = framework.Name,
        Edition = framework.Edition,
        Source = framework.Source,
        ControlCount = framework.ControlCount,
        IsOwn = FrameworkCatalogue.Find(framework.Id) is null,
        Controls = [.. framework.Controls.Select((control, index) => new Contract.FrameworkControl
        {
            Id = control.Id,
            Title = control.Title,
            Theme = Word.Of(control.Theme),
            CannotShow = FrameworkCatalogue.CannotShow(control.Theme),
            Checks = control.Checks,
            Outcome = index < outcomes.Count ? Word.Of(outcomes[index]) : null,
        })],
    };
}
