-- bargain: facts summed by day, town and breakdown.
SELECT
  day, town, step, scope, CAST(SUM(d_steps_due) AS BIGINT) AS steps_due,
  CAST(SUM(d_steps_on_time) AS BIGINT) AS steps_on_time
FROM (
  SELECT
    day, town, step, scope, steps_due AS d_steps_due, steps_on_time AS d_steps_on_time
  FROM fact_bargain
) AS changes
GROUP BY day, town, step, scope
ORDER BY day, town, step, scope
