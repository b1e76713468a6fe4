-- One enterprise under one active union: its own, or a joint union that covers it.
SELECT uscc, from_on, to_on
FROM (
  SELECT uscc, approved_on AS from_on, COALESCE(dissolved_on, DATE '2100-01-01') AS to_on
  FROM src_union
  WHERE uscc IS NOT NULL
  UNION ALL
  SELECT
    v.uscc,
    GREATEST(v.covered_from, u.approved_on) AS from_on,
    LEAST(COALESCE(v.covered_to, DATE '2100-01-01'), COALESCE(u.dissolved_on, DATE '2100-01-01')) AS to_on
  FROM src_union_coverage AS v
  INNER JOIN src_union AS u ON u.union_id = v.union_id
) AS spells
WHERE from_on < to_on
