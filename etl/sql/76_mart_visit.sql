-- visit: facts summed by day, town and breakdown.
SELECT
  day, town, station_type, count_method, CAST(SUM(d_visits) AS BIGINT) AS visits,
  CAST(SUM(d_activities) AS BIGINT) AS activities
FROM (
  SELECT
    day, town, station_type, count_method, visits AS d_visits, activities AS d_activities
  FROM fact_visit
) AS changes
GROUP BY day, town, station_type, count_method
ORDER BY day, town, station_type, count_method
