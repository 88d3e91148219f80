-- Where a channel stands.
-- KEYS: meta
-- ARGV: meta_ms
-- include: clock
-- include: standing
return {standing()}
