-- Where a channel stands.
-- KEYS: meta
-- ARGV: meta_ms lineage
-- include: clock
-- include: standing
return {standing()}
