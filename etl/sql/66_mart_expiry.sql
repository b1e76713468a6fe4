-- expiry: facts summed by day, town and breakdown.
SELECT
  day, town, scope, topic, CAST(SUM(d_expired) AS BIGINT) AS expired,
  CAST(SUM(d_renewed) AS BIGINT) AS renewed
FROM (
  SELECT
    day, town, scope, topic, expired AS d_expired, renewed AS d_renewed
  FROM fact_expiry
) AS changes
GROUP BY day, town, scope, topic
ORDER BY day, town, scope, topic
