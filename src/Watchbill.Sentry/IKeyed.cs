namespace Watchbill.Sentry;

/// <summary>A row with an identity, by which a listing notices that it was handed the same page twice.</summary>
internal interface IKeyed
{
    string Key { get; }
}
