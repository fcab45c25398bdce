-- What a search returns of a customer u with the profile p and the key k, and whether it matches.
       u.id, u.name, u.phone, u.email, u.account_status, p.customer_tier, p.customer_segment,
       p.total_spend, u.created_at, k.master_key_id, k.wrapped_key, m.matches
