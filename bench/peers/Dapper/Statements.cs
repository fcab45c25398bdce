namespace CustomerGrains.Bench.Dapper;

/// <summary>The texts of <c>Sql/</c>; each is prepared on every connection at its second use.
/// </summary>
internal static class Statements
{
    public static readonly string Schema = Load("schema");
    public static readonly string GetProfile = Load("get_profile");
    public static readonly string EditProfile = Load("edit_profile");
    public static readonly string FindReply = Load("find_reply");
    public static readonly string KeepReply = Load("keep_reply");
    public static readonly string MakeDefault = Load("make_default");
    public static readonly string Poll = Load("poll");
    public static readonly string OpenContact = Load("open_contact");
    public static readonly string OpenCustomer = Load("open_customer");

    private static string Load(string name)
    {
        using var reader = new StreamReader(
            typeof(Statements).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
