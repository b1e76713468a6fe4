-- station_new: facts summed by day, town and breakdown.
SELECT
  day, town, station_type, provision, venue, nef, open_24h, CAST(SUM(d_opened) AS BIGINT) AS opened
FROM (
  SELECT
    day, town, station_type, provision, venue, nef, open_24h, opened AS d_opened
  FROM fact_station_new
) AS changes
GROUP BY day, town, station_type, provision, venue, nef, open_24h
ORDER BY day, town, station_type, provision, venue, nef, open_24h
