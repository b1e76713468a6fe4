-- 企业: one row per stretch of one state, from 成立 to 注销迁出.
SELECT
  s.from_on, COALESCE(s.next_on, e.closed_on) AS to_on, e.town,
  CASE
    WHEN e.employees < 25 THEN 'lt25' WHEN e.employees < 100 THEN 's25' WHEN e.employees < 500 THEN 's100' ELSE 's500'
  END AS size,
  e.industry, e.ownership,
  CASE WHEN s.above = 1 THEN 'yes' ELSE 'no' END AS above_scale,
  CASE
    WHEN s.single = 1 AND s.area = 1 THEN 'both' WHEN s.single = 1 THEN 'single' WHEN s.area = 1 THEN 'area'
    ELSE 'none'
  END AS coverage_split,
  CAST(1 AS BIGINT) AS enterprises,
  e.employees AS workers,
  CAST(s.unionised AS BIGINT) AS unionised,
  s.unionised * e.employees AS unionised_workers,
  CAST(GREATEST(s.single, s.area) AS BIGINT) AS covered,
  CAST(s.unionised * GREATEST(s.single, s.area) AS BIGINT) AS unionised_covered,
  s.unionised * GREATEST(s.single, s.area) * e.employees AS unionised_covered_workers,
  CAST(s.nengji AS BIGINT) AS nengji,
  s.nengji_workers,
  CAST(CASE WHEN e.employees >= 100 THEN 1 ELSE 0 END AS BIGINT) AS pool_100,
  CAST(CASE WHEN e.employees >= 100 THEN s.unionised ELSE 0 END AS BIGINT) AS pool_100_unionised,
  CAST(CASE WHEN e.employees >= 25 THEN 1 ELSE 0 END AS BIGINT) AS pool_25,
  CAST(CASE WHEN e.employees >= 25 THEN s.unionised ELSE 0 END AS BIGINT) AS pool_25_unionised,
  CAST(s.above AS BIGINT) AS pool_above,
  CAST(s.above * s.unionised AS BIGINT) AS pool_above_unionised,
  CAST(s.above * s.nengji AS BIGINT) AS above_nengji,
  e.uscc, e.name, e.employees, e.file, e.sheet, e.row_no
FROM enterprise_segment AS s
INNER JOIN src_enterprise AS e ON e.uscc = s.uscc
ORDER BY s.from_on, e.town, e.uscc
