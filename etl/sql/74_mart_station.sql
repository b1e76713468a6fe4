-- station: + where an interval starts, - where it ends; the stock at a day is the sum up to it.
SELECT
  day, town, station_type, provision, venue, nef, open_24h, CAST(SUM(d_open) AS BIGINT) AS open,
  CAST(SUM(d_benchmark) AS BIGINT) AS benchmark, CAST(SUM(d_h24) AS BIGINT) AS h24,
  CAST(SUM(d_accepted) AS BIGINT) AS accepted, CAST(SUM(d_mapped) AS BIGINT) AS mapped
FROM (
  SELECT
    from_on AS day, town, station_type, provision, venue, nef, open_24h, open AS d_open,
    benchmark AS d_benchmark, h24 AS d_h24, accepted AS d_accepted, mapped AS d_mapped
  FROM fact_station
  UNION ALL
  SELECT
    to_on AS day, town, station_type, provision, venue, nef, open_24h, -open AS d_open,
    -benchmark AS d_benchmark, -h24 AS d_h24, -accepted AS d_accepted, -mapped AS d_mapped
  FROM fact_station
  WHERE to_on IS NOT NULL
) AS changes
GROUP BY day, town, station_type, provision, venue, nef, open_24h
ORDER BY day, town, station_type, provision, venue, nef, open_24h
