-- stage: facts summed by day, town and breakdown.
SELECT
  day, town, stage, scope, CAST(SUM(d_reached) AS BIGINT) AS reached
FROM (
  SELECT
    day, town, stage, scope, reached AS d_reached
  FROM fact_stage
) AS changes
GROUP BY day, town, stage, scope
ORDER BY day, town, stage, scope
