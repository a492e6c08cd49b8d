namespace Watchbill.Sentry.Simulator.State;

/// <summary>Something that URLs name by a numeric id or by a slug that can change.</summary>
public interface IHasSlug
{
    long Id { get; }

    string Slug { get; set; }
}
