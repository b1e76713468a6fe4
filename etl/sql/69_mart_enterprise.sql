-- enterprise: + where an interval starts, - where it ends; the stock at a day is the sum up to it.
SELECT
  day, town, size, industry, ownership, above_scale, coverage_split,
  CAST(SUM(d_enterprises) AS BIGINT) AS enterprises, CAST(SUM(d_workers) AS BIGINT) AS workers,
  CAST(SUM(d_unionised) AS BIGINT) AS unionised,
  CAST(SUM(d_unionised_workers) AS BIGINT) AS unionised_workers, CAST(SUM(d_covered) AS BIGINT) AS covered,
  CAST(SUM(d_unionised_covered) AS BIGINT) AS unionised_covered,
  CAST(SUM(d_unionised_covered_workers) AS BIGINT) AS unionised_covered_workers,
  CAST(SUM(d_nengji) AS BIGINT) AS nengji, CAST(SUM(d_nengji_workers) AS BIGINT) AS nengji_workers,
  CAST(SUM(d_pool_100) AS BIGINT) AS pool_100,
  CAST(SUM(d_pool_100_unionised) AS BIGINT) AS pool_100_unionised,
  CAST(SUM(d_pool_25) AS BIGINT) AS pool_25, CAST(SUM(d_pool_25_unionised) AS BIGINT) AS pool_25_unionised,
  CAST(SUM(d_pool_above) AS BIGINT) AS pool_above,
  CAST(SUM(d_pool_above_unionised) AS BIGINT) AS pool_above_unionised,
  CAST(SUM(d_above_nengji) AS BIGINT) AS above_nengji
FROM (
  SELECT
    from_on AS day, town, size, industry, ownership, above_scale, coverage_split,
    enterprises AS d_enterprises, workers AS d_workers, unionised AS d_unionised,
    unionised_workers AS d_unionised_workers, covered AS d_covered,
    unionised_covered AS d_unionised_covered, unionised_covered_workers AS d_unionised_covered_workers,
    nengji AS d_nengji, nengji_workers AS d_nengji_workers, pool_100 AS d_pool_100,
    pool_100_unionised AS d_pool_100_unionised, pool_25 AS d_pool_25,
    pool_25_unionised AS d_pool_25_unionised, pool_above AS d_pool_above,
    pool_above_unionised AS d_pool_above_unionised, above_nengji AS d_above_nengji
  FROM fact_enterprise
  UNION ALL
  SELECT
    to_on AS day, town, size, industry, ownership, above_scale, coverage_split,
    -enterprises AS d_enterprises, -workers AS d_workers, -unionised AS d_unionised,
    -unionised_workers AS d_unionised_workers, -covered AS d_covered,
    -unionised_covered AS d_unionised_covered, -unionised_covered_workers AS d_unionised_covered_workers,
    -nengji AS d_nengji, -nengji_workers AS d_nengji_workers, -pool_100 AS d_pool_100,
    -pool_100_unionised AS d_pool_100_unionised, -pool_25 AS d_pool_25,
    -pool_25_unionised AS d_pool_25_unionised, -pool_above AS d_pool_above,
    -pool_above_unionised AS d_pool_above_unionised, -above_nengji AS d_above_nengji
  FROM fact_enterprise
  WHERE to_on IS NOT NULL
) AS changes
GROUP BY day, town, size, industry, ownership, above_scale, coverage_split
ORDER BY day, town, size, industry, ownership, above_scale, coverage_split
