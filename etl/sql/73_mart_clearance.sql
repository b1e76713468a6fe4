-- clearance: + where an interval starts, - where it ends; the stock at a day is the sum up to it.
SELECT
  day, town, pool, close_reason, CAST(SUM(d_baseline) AS BIGINT) AS baseline,
  CAST(SUM(d_baseline_closed) AS BIGINT) AS baseline_closed, CAST(SUM(d_added) AS BIGINT) AS added,
  CAST(SUM(d_open_items) AS BIGINT) AS open_items
FROM (
  SELECT
    from_on AS day, town, pool, close_reason, baseline AS d_baseline, baseline_closed AS d_baseline_closed,
    added AS d_added, open_items AS d_open_items
  FROM fact_clearance
  UNION ALL
  SELECT
    to_on AS day, town, pool, close_reason, -baseline AS d_baseline, -baseline_closed AS d_baseline_closed,
    -added AS d_added, -open_items AS d_open_items
  FROM fact_clearance
  WHERE to_on IS NOT NULL
) AS changes
GROUP BY day, town, pool, close_reason
ORDER BY day, town, pool, close_reason
