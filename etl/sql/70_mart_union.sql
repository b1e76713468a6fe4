-- union: + where an interval starts, - where it ends; the stock at a day is the sum up to it.
SELECT
  day, town, union_kind, method, nef, CAST(SUM(d_active) AS BIGINT) AS active
FROM (
  SELECT
    from_on AS day, town, union_kind, method, nef, active AS d_active
  FROM fact_union
  UNION ALL
  SELECT
    to_on AS day, town, union_kind, method, nef, -active AS d_active
  FROM fact_union
  WHERE to_on IS NOT NULL
) AS changes
GROUP BY day, town, union_kind, method, nef
ORDER BY day, town, union_kind, method, nef
