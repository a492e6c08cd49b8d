using System.Text.RegularExpressions;
using Watchbill.Compliance.Frameworks;
using Watchbill.Kernel;

namespace Watchbill.Compliance.Artifacts;

/// <summary>What is wrong with a file that somebody wants kept.</summary>
internal static partial class ArtifactCheck
{
    private const int LongestName = 200;
    private const int LongestText = 1000;

    public static Refusal? Problem(ArtifactDraft draft, IReadOnlyList<Framework> frameworks, DateTimeOffset now) =>
        BadName(draft.Name) ? ComplianceRefusals.BadArtifactName(LongestName)
        : draft.Content.Length is 0 or > ArtifactDraft.MostBytes ? ComplianceRefusals.BadArtifactSize(ArtifactDraft.MostBytes / (1024 * 1024))
        : string.IsNullOrWhiteSpace(draft.Shows) || draft.Shows.Length > LongestText || draft.Source is { Length: > LongestText } ? ComplianceRefusals.BadArtifactText(LongestText)
        : draft.Controls.Count > ArtifactDraft.MostControls ? ComplianceRefusals.BadArtifactControl($"more than {ArtifactDraft.MostControls} controls")
        : draft.Controls.FirstOrDefault(control => !IsControl(control, frameworks)) is { } unknown ? ComplianceRefusals.BadArtifactControl(unknown)
        : draft.ObservedAt > now || draft.CollectedAt > now || draft.CollectedAt < draft.ObservedAt || draft.KeepUntil <= now ? ComplianceRefusals.BadArtifactTimes()
        : HoldsSecret(draft.Content) ? ComplianceRefusals.ArtifactHoldsSecret()
        : null;

    private static bool BadName(string name) => string.IsNullOrWhiteSpace(name) || name.Length > LongestName || name is "." or ".." || name.Any(static letter => char.IsControl(letter) || letter is '/' or '\\');

    private static bool IsControl(string text, IReadOnlyList<Framework> frameworks) =>
        text.Split(':', 2) is [var id, var control] && frameworks.Any(framework => framework.Id == id && framework.Controls.Any(one => one.Id == control));

    /// <summary>A token in a file that is kept for years, hashed and handed to auditors is worse than no file.</summary>
    private static bool HoldsSecret(byte[] content) => MediaTypes.IsText(content) && Secret().IsMatch(System.Text.Encoding.UTF8.GetString(content));

    [GeneratedRegex("sntry[su]_[A-Za-z0-9_=+/-]{30,}|sntryi_[A-Za-z0-9]{30,}|-----BEGIN [A-Z ]*PRIVATE KEY-----|whsec_[A-Za-z0-9+/=]{24,}", RegexOptions.CultureInvariant)]
    private static partial Regex Secret();
}
