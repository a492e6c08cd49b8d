namespace Watchbill.People;

/// <summary>Under which address people reach the console; links in mails and on screen begin with it.</summary>
/// <param name="find">Tells it; asked each time, because a server that takes a free port knows it only once it listens.</param>
public sealed class PublicAddress(Func<Uri> find)
{
    /// <summary>An address that is known from the beginning.</summary>
    public PublicAddress(Uri address)
        : this(() => address)
    {
    }

    /// <summary>Whether people reach it by https.</summary>
    public bool IsHttps => find().Scheme == Uri.UriSchemeHttps;

    /// <summary>Whether that is on the port that needs no naming: another one is on a host that it may share.</summary>
    public bool HasUsualPort => find().IsDefaultPort;

    /// <summary>The address of a page.</summary>
    /// <param name="path">From the console's root, for example <c>/account</c>.</param>
    public Uri Of(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new Uri(find().AbsoluteUri.TrimEnd('/') + path);
    }
}
