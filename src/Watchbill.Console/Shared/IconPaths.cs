namespace Watchbill.Console.Shared;

/// <summary>The paths of the icons, on a field of 24 by 24.</summary>
internal static class IconPaths
{
    /// <summary>The drawing of this name; a small circle when there is none, so that a typo is seen and breaks nothing.</summary>
    public static string Of(string name) => name switch
    {
        "mark" => """<path d="M3 6l4 12 5-10 5 10 4-12"/>""",
        "overview" => """<rect x="3" y="3" width="8" height="8" rx="1.5"/><rect x="13" y="3" width="8" height="5" rx="1.5"/><rect x="13" y="11" width="8" height="10" rx="1.5"/><rect x="3" y="14" width="8" height="7" rx="1.5"/>""",
        "members" => """<circle cx="9" cy="8" r="3.5"/><path d="M2.5 20c.6-3.6 3.200-5.500 6.500-5.500s5.900 1.900 6.500 5.500"/><path d="M16 4.800a3.400 3.400 0 0 1 0 6.400M18.500 15c1.700.9 2.700 2.600 3 5"/>""",
        "people" => """<circle cx="12" cy="8" r="4"/><path d="M4.500 21c.5-4.200 3.400-6.500 7.500-6.500s7 2.300 7.500 6.500"/>""",
        "teams" => """<circle cx="12" cy="7" r="3"/><circle cx="5" cy="17" r="2.500"/><circle cx="19" cy="17" r="2.500"/><path d="M10.500 9.800L6.500 15M13.500 9.800l4 5.200M7.500 17h9"/>""",
        "projects" => """<path d="M3 7a2 2 0 0 1 2-2h4l2 2.500h8a2 2 0 0 1 2 2V18a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2z"/>""",
        "robot" => """<rect x="5" y="9" width="14" height="10" rx="2"/><path d="M12 9V5M9.500 4.500h5M9.500 13.500v1.500M14.500 13.500v1.500M2.500 13v3M21.500 13v3"/>""",
        "path" => """<circle cx="5" cy="19" r="2"/><circle cx="19" cy="5" r="2"/><path d="M7 19h6a3.500 3.500 0 0 0 0-7h-2a3.500 3.500 0 0 1 0-7h6"/>""",
        "cut" => """<circle cx="6" cy="6" r="2.500"/><circle cx="6" cy="18" r="2.500"/><path d="M8 7.800L20 17M8 16.200L20 7"/>""",
        "clock" => """<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3.500 2"/>""",
        "sources" => """<path d="M9 3v5M15 3v5M6 8h12v3a6 6 0 0 1-12 0zM12 17v4"/>""",
        "audit" => """<path d="M6 3h9l4 4v14H6z"/><path d="M14.500 3v4.500H19M9.500 12h6M9.500 16h6"/>""",
        "evidence" => """<path d="M4 7l8-4 8 4v5c0 4.500-3.200 7.600-8 9-4.800-1.400-8-4.500-8-9z"/><path d="M8.500 12l2.500 2.500 4.500-5"/>""",
        "account" => """<circle cx="12" cy="12" r="9"/><circle cx="12" cy="10" r="3"/><path d="M6.500 18.500c1.200-2.300 3-3.500 5.500-3.500s4.300 1.200 5.500 3.500"/>""",
        "search" => """<circle cx="11" cy="11" r="6.500"/><path d="M16 16l5 5"/>""",
        "check" => """<path d="M4.500 12.500l5 5 10-11"/>""",
        "cross" => """<path d="M6 6l12 12M18 6L6 18"/>""",
        "warning" => """<path d="M12 4l9.500 16h-19zM12 10v4.500M12 17.200v.3"/>""",
        "info" => """<circle cx="12" cy="12" r="9"/><path d="M12 11v5.500M12 7.500v.3"/>""",
        "dash" => """<path d="M6 12h12"/>""",
        "lock" => """<rect x="5" y="10.500" width="14" height="10" rx="2"/><path d="M8 10.500V7.500a4 4 0 0 1 8 0v3"/>""",
        "download" => """<path d="M12 4v11M7.500 11l4.500 4.500 4.500-4.500M4.500 20h15"/>""",
        "key" => """<circle cx="8" cy="15" r="4.500"/><path d="M11.200 11.800L20 3M16.500 6.500l3 3"/>""",
        "refresh" => """<path d="M20 5v5h-5M4 19v-5h5M19.500 10A8 8 0 0 0 5.500 7M4.500 14a8 8 0 0 0 14 3"/>""",
        "sort" => """<path d="M8 10l4-4 4 4M8 14l4 4 4-4"/>""",
        "up" => """<path d="M7 14l5-5 5 5"/>""",
        "down" => """<path d="M7 10l5 5 5-5"/>""",
        "edit" => """<path d="M4 20l1-4.500L16.500 4l3.500 3.500L8.500 19zM14 6.500l3.500 3.500"/>""",
        "bell" => """<path d="M6 17V11a6 6 0 0 1 12 0v6l1.500 1.500h-15zM10 21h4"/>""",
        "plus" => """<path d="M12 5v14M5 12h14"/>""",
        "external" => """<path d="M14 4h6v6M20 4l-9 9M18 14v5H5V6h5"/>""",
        "code" => """<path d="M8 7l-5 5 5 5M16 7l5 5-5 5M13.500 4.500l-3 15"/>""",
        _ => """<circle cx="12" cy="12" r="3"/>""",
    };
}
