-- Every day on which something about an enterprise changes, with the net change of each count.
SELECT
  uscc, day,
  SUM(d_alive) AS net_alive, SUM(d_above) AS net_above, SUM(d_union) AS net_unions, SUM(d_single) AS net_singles,
  SUM(d_area) AS net_areas, SUM(d_nengji) AS net_nengjis, SUM(d_workers) AS net_workers
FROM (
  SELECT uscc, opened_on AS day, 1 AS d_alive, 0 AS d_above, 0 AS d_union, 0 AS d_single, 0 AS d_area,
    0 AS d_nengji, 0 AS d_workers
  FROM src_enterprise
  UNION ALL
  SELECT uscc, closed_on, -1, 0, 0, 0, 0, 0, 0 FROM src_enterprise WHERE closed_on IS NOT NULL
  UNION ALL
  SELECT uscc, from_on, 0, 1, 0, 0, 0, 0, 0 FROM above_spell
  UNION ALL
  SELECT uscc, to_on, 0, -1, 0, 0, 0, 0, 0 FROM above_spell
  UNION ALL
  SELECT uscc, from_on, 0, 0, 1, 0, 0, 0, 0 FROM union_spell
  UNION ALL
  SELECT uscc, to_on, 0, 0, -1, 0, 0, 0, 0 FROM union_spell WHERE to_on < DATE '2100-01-01'
  UNION ALL
  SELECT uscc, from_on, 0, 0, 0, CASE WHEN scope = 'enterprise' THEN 1 ELSE 0 END,
    CASE WHEN scope = 'enterprise' THEN 0 ELSE 1 END, CASE WHEN topic = 'nengji' THEN 1 ELSE 0 END,
    CASE WHEN topic = 'nengji' THEN workers ELSE 0 END
  FROM cover
  UNION ALL
  SELECT uscc, to_on, 0, 0, 0, CASE WHEN scope = 'enterprise' THEN -1 ELSE 0 END,
    CASE WHEN scope = 'enterprise' THEN 0 ELSE -1 END, CASE WHEN topic = 'nengji' THEN -1 ELSE 0 END,
    CASE WHEN topic = 'nengji' THEN -workers ELSE 0 END
  FROM cover
  WHERE to_on < DATE '2100-01-01'
) AS changes
GROUP BY uscc, day
