-- training: facts summed by day, town and breakdown.
SELECT
  day, town, form, CAST(SUM(d_sessions) AS BIGINT) AS sessions,
  CAST(SUM(d_attendances) AS BIGINT) AS attendances
FROM (
  SELECT
    day, town, form, sessions AS d_sessions, attendances AS d_attendances
  FROM fact_training
) AS changes
GROUP BY day, town, form
ORDER BY day, town, form
