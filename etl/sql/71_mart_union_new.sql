-- union_new: facts summed by day, town and breakdown.
SELECT
  day, town, union_kind, method, nef, CAST(SUM(d_created) AS BIGINT) AS created
FROM (
  SELECT
    day, town, union_kind, method, nef, created AS d_created
  FROM fact_union_new
) AS changes
GROUP BY day, town, union_kind, method, nef
ORDER BY day, town, union_kind, method, nef
