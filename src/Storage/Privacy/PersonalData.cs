using System.Collections.Immutable;
using CustomerGrains.Storage.Contacts;
using CustomerGrains.Storage.Sealing;
using CustomerGrains.Storage.SignIn;
using static CustomerGrains.Storage.Privacy.ColumnUse;

namespace CustomerGrains.Storage.Privacy;

/// <summary>Every table and column there is: what an export has of it, and what of it outlives the
/// person. A test compares this with the schema, so that a new column has to be thought about.
/// </summary>
public static class PersonalData
{
    private const string Books = "The books: what was sold when and for how much.";
    private const string Existence = "That there was somebody, from when to when.";
    private const string Whose = "Whose row it is: the export is one customer's.";
    private const string Hash = "A keyed hash of what is exported in clear.";
    private const string Inside = "Of use inside alone; it says nothing about the person.";
    private const string Staff =
        "Who of staff, riders and machines acted is not told; when and why is.";
    private const string Risk = "How risk is seen is staff's: whoever knows can play with it.";
    private const string Evidence =
        "Who looked when and why has to be shown for years, also of those who are gone.";
    private const string ShredJournal =
        "The journal is for ever; its personal members went with the key.";

    public static readonly ImmutableArray<TableUse> Tables =
    [
        One("users", "identity",
            Plain("id", Existence), Not("version", Inside), Plain("scope", Existence),
            Plain("name"), Sealed("phone", SealedColumn.Phone), Not("phone_index", Hash),
            Plain("phone_verified"), Sealed("email", SealedColumn.Email),
            Not("email_index", Hash), Plain("email_verified"),
            Plain("account_status", Existence), Plain("is_temporary", Existence),
            Plain("last_login_at"), Plain("tokens_valid_after", Existence),
            Not("deleted_at", "Null for whoever can ask."),
            Not("merged_into", "Null for whoever can ask."),
            Plain("created_at", Existence), Plain("updated_at", Existence)),
        One("customer_profiles", "profile",
            Not("user_id", Whose), Plain("avatar_media_id"),
            Sealed("date_of_birth", SealedColumn.DateOfBirth), Plain("gender"),
            Plain("preferred_language"), Json("notification_preferences"),
            Plain("total_orders_count", Books), Money("total_spend", Books),
            Money("average_order_value", Books), Plain("customer_tier", Books),
            Plain("customer_segment"), Plain("last_delivered_at"), Json("rewards"),
            Not("risk_score", Risk), Not("risk_counts", Risk), Not("underage_order_on", Risk),
            Plain("is_verified"),
            Plain("created_at", Existence), Plain("updated_at", Existence)),
        Many("addresses", "addresses",
            Plain("id", Books), Not("user_id", Whose), Plain("label"),
            Sealed("line1", SealedColumn.AddressLine1), Sealed("line2", SealedColumn.AddressLine2),
            Plain("city"), Plain("state"), Plain("postal_code"), Plain("country"),
            Plain("latitude"), Plain("longitude"),
            Not("geo_cell", "Computed from the coordinates, and gone with them."),
            Plain("is_default"), Plain("last_used_at"),
            Plain("deleted_at", Existence), Plain("created_at", Existence),
            Plain("updated_at", Existence)),
        Many("media_assets", "media",
            Plain("id"), Not("owner_user_id", Whose), Plain("content_type"), Plain("bytes"),
            Plain("created_at")),
        One("customer_bars", "bar",
            Not("user_id", Whose), Plain("kind"), Plain("scope"), Not("reason_code", Staff),
            Not("comment", Staff), Sealed("public_reason", SealedColumn.BarPublicReason),
            Plain("until"), Not("barred_by", Staff), Plain("barred_at")),
        Many("contact_changes", "contact_changes",
            Not("user_id", Whose), Plain("channel"), Plain("pending_id"),
            Not("cancel_hash", "A hash of random bits."), Plain("series_started_at"),
            Plain("series_last_sent_at"), Plain("series_sends"), Plain("failures"),
            Sealed("undo_old", ChangesRow.Undo), Not("undo_hash", "A hash of random bits."),
            Plain("undo_until"), Not("spent_hash", "A hash of random bits."),
            Not("spent_undid", Inside), Plain("updated_at")),
        Many("contact_reservations", "contact_reservations",
            Not("contact_index", Hash), Plain("channel"), Not("user_id", Whose), Plain("until")),
        Many("otps", "codes",
            Plain("id"), Not("user_id", Whose), Plain("purpose"), Plain("channel"),
            OfService("destination", StoredChallenge.Destination), Not("destination_index", Hash),
            Not("code_hash", "A secret: whoever has the export must not prove a contact with it."),
            Not("master_key_id", Inside), Plain("expires_at"), Plain("attempts"),
            Plain("consumed_at"), Plain("created_at"), Not("link_id", Inside)),
        Many("otp_destinations", "code_budgets",
            Plain("channel", Forgotten), Not("destination_index", Hash), Plain("sends", Forgotten),
            Plain("failures", Forgotten), Plain("updated_at", Forgotten)),
        Many("otp_series", "code_series",
            Plain("purpose", Forgotten), Plain("channel", Forgotten),
            Not("destination_index", Hash), Plain("started_at", Forgotten),
            Plain("last_sent_at", Forgotten), Plain("sends", Forgotten)),
        Many("refresh_tokens", "sign_ins",
            Not("token_hash", "A hash of random bits."), Plain("family_id"),
            Not("user_id", Whose), Plain("expires_at"), Plain("used_at"), Plain("revoked_at"),
            Plain("created_at")),
        Many("orders", "orders",
            Plain("id", Books), Not("user_id", Whose), Plain("branch_id", Books),
            Not("rider_id", Staff), Plain("status", Books), Money("total", Books),
            Snapshot("customer_snapshot", "placed_by"), Plain("address_id", Books), Plain("categories", Books),
            Not("fingerprint", Inside), Plain("contact_version", Books),
            Plain("phone_updated", Books), Not("placed_sequence", Inside),
            Plain("placed_at", Books), Plain("created_at", Books), Plain("updated_at", Books),
            Plain("ended_at", Books), Plain("placed_by", Books)),
        Many("customer_data_access_logs", "access_log",
            Plain("id", Evidence), Not("accessed_by_user_id", Staff),
            Not("customer_user_id", Whose), Plain("role", Evidence), Plain("branch_id", Evidence),
            Plain("purpose", Evidence), Plain("order_id", Evidence), Plain("fields", Evidence),
            Plain("created_at", Evidence)),
        One("customer_metrics", "metrics",
            Not("user_id", Whose), Plain("cart_abandon_count"), Plain("last_active_at"),
            Plain("session_count"), Plain("session_seconds"), Plain("avg_session_duration")),
        Many("customer_sessions", "sessions",
            Not("user_id", Whose), Plain("session_id"), Plain("started_at"), Plain("ended_at"),
            Not("is_counted", Inside)),
        Many("customer_merges", "merges",
            Not("user_id", Whose), Plain("merge_id"), Plain("side"), Plain("other_id"),
            Plain("stage"), Plain("at"), Plain("addresses"), Plain("default_address_id"),
            Plain("orders"), Money("spend"), Plain("tier_before"), Plain("was_temporary"),
            Plain("took_phone"), Plain("took_email"), Not("risk_counts", Risk)),
        One("customer_erasures", "erasure",
            Not("user_id", Whose), Plain("requested_at"), Plain("runs_at")),
        Many("privacy_exports", "exports",
            Plain("id"), Not("user_id", Whose), Plain("state"),
            Not("document", "An export holds no exports."), Not("attempts", Inside),
            Not("next_attempt_at", Inside), Plain("created_at"), Plain("expires_at")),
        // Written by a way of its own: see ExportDocument.
        Many("customer_event", "history",
            Not("partition", Inside), Not("xid", Inside), Not("id", Inside),
            Not("customer_id", Whose), Plain("sequence", ShredJournal), Not("command_id", Inside),
            Plain("actor_id", ShredJournal), Plain("actor_role", ShredJournal),
            Plain("at", ShredJournal), Plain("events", ShredJournal),
            Sealed("personal", SealedColumn.JournalPersonal)),
        None("customer_data_keys", "Opens the rest; destroyed with the person."),
        None("idempotent_replies",
            "Answers of the last day, under the customer's key: copies of what is exported. They "
            + "go with the person."),
        None("courier_messages",
            "Messages on their way to the customer, with codes and tokens that only the contact "
            + "may see. They go with the person."),
        None("dev_mailbox", "On a developer's machine alone. Goes with the person."),
        None("customer_names", "Computed from the name, to search by. Goes with the person."),
        None("imports", "What staff had imported, without the people."),
        None("import_chunks",
            "Sealed lines about people who are no customers yet; wiped as each is worked off."),
        None("import_refusals", "Names lines and rules, never values."),
        None("journal_traces", "Numbers of requests, forgotten after a day."),
        None("context_keys", Nobody),
        None("policies", Nobody),
        None("review_pass", Nobody),
        None("schema_migration", Nobody),
        None("stream_checkpoints", Nobody),
        None("stream_dead_letters", Nobody),
        None("audit_heads", Nobody),
        None("audit_seals", Nobody),
        None("metrics_marks", Nobody),
        None("service_counters", Nobody),
    ];

    private const string Nobody = "Knows no customer.";

    private const string Forgotten =
        "Limits of a contact, under a keyed hash of it: an erasure must not reset them. Forgotten "
        + "after 25 hours.";

    private static TableUse One(string name, string member, params ColumnUse[] columns) =>
        new(name, member, null, columns) { IsSingle = true };

    private static TableUse Many(string name, string member, params ColumnUse[] columns) =>
        new(name, member, null, columns);

    private static TableUse None(string name, string because) => new(name, null, because, []);
}
