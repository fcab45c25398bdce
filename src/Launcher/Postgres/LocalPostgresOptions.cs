namespace CustomerGrains.Launcher.Postgres;

/// <summary>How the local server is set up. Changes take effect at its next start.</summary>
public sealed class LocalPostgresOptions
{
    /// <summary>
    /// Memory for pages, in PostgreSQL's notation. Holds the hot part of a million customers; not
    /// reserved before it is used.
    /// </summary>
    public string SharedBuffers { get; set; } = "512MB";

    /// <summary>Most connections at once, over all silos.</summary>
    public int ConnectionsMax { get; set; } = 100;
}
