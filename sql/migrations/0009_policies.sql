-- What the other policies say as delivered.

INSERT INTO policies (name, version, document, changed_at)
VALUES
    ('tiers', 1,
     '{"regular": {"orders": 3, "spend": "0.00"},
       "vip": {"orders": 10, "spend": "10000.00"},
       "premium": {"orders": 30, "spend": "50000.00"}}',
     now()),
    ('completion', 1,
     '{"phone": 20, "name": 15, "email": 15, "date_of_birth": 15, "addresses": 15, "gender": 10,
       "avatar_media_id": 10}',
     now()),
    ('risk', 1,
     '{"otp-failures": {"points": 4, "free": 5, "max": 30},
       "contact-changes": {"points": 10, "free": 2, "max": 30},
       "contact-undos": {"points": 25, "free": 0, "max": 50},
       "cancelled-orders": {"points": 4, "free": 2, "max": 30},
       "failed-orders": {"points": 8, "free": 1, "max": 40},
       "address-changes": {"points": 2, "free": 10, "max": 20},
       "merges": {"points": 5, "free": 1, "max": 15},
       "underage-orders": {"points": 15, "free": 0, "max": 45},
       "delivered-orders": {"points": 1, "free": 0, "max": 20}}',
     now());
