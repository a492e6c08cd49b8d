namespace Watchbill.Sentry.Simulator.Pipeline;

/// <summary>
/// Finds a route by its path, segment by segment: a literal wins over a parameter. Segments are decoded after splitting, because release
/// versions may hold an encoded slash.
/// </summary>
internal sealed class RouteTree
{
    private readonly Node root = new();

    public RouteTree(IEnumerable<Route> routes)
    {
        foreach (var route in routes)
        {
            Add(route);
        }
    }

    /// <summary>
    /// The route for a method and path with the values of its parameters. <paramref name="pathExists"/> tells a wrong method from a wrong path.
    /// </summary>
    public Route? Find(string method, string path, Dictionary<string, string> parameters, out bool pathExists)
    {
        var node = Descend(root, path.Split('/'), 0, parameters);
        pathExists = node is not null;
        if (node is null || !node.Routes.TryGetValue(method, out var route))
        {
            return null;
        }

        return route;
    }

    private static Node? Descend(Node node, string[] segments, int at, Dictionary<string, string> parameters)
    {
        if (at == segments.Length)
        {
            return node.Routes.Count > 0 ? node : null;
        }

        if (node.Literals.TryGetValue(segments[at], out var literal) && Descend(literal, segments, at + 1, parameters) is { } found)
        {
            return found;
        }

        if (node.Parameter is not { } parameter || segments[at].Length == 0 || Descend(parameter, segments, at + 1, parameters) is not { } match)
        {
            return null;
        }

        parameters[node.ParameterName] = Uri.UnescapeDataString(segments[at]);
        return match;
    }

    private void Add(Route route)
    {
        var node = root;
        foreach (var segment in route.FullPattern.Split('/'))
        {
            node = segment.StartsWith('{') ? node.ForParameter(segment[1..^1]) : node.ForLiteral(segment);
        }

        node.Routes.Add(route.Method, route);
    }

    private sealed class Node
    {
        public Dictionary<string, Node> Literals { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, Route> Routes { get; } = new(StringComparer.Ordinal);

        public Node? Parameter { get; private set; }

        public string ParameterName { get; private set; } = "";

        public Node ForLiteral(string segment) => Literals.TryGetValue(segment, out var node) ? node : Literals[segment] = new Node();

        /// <summary>Two patterns that name the same place differently would hide each other's values.</summary>
        public Node ForParameter(string name)
        {
            if (Parameter is not null && ParameterName != name)
            {
                throw new InvalidOperationException($"Routes call one segment both {{{ParameterName}}} and {{{name}}}.");
            }

            ParameterName = name;
            return Parameter ??= new Node();
        }
    }
}
