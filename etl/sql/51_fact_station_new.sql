-- 新增站点, by the day of 启用.
SELECT
  opened_on AS day, town, type AS station_type, provision, venue, nef, open_24h, CAST(1 AS BIGINT) AS opened,
  station_no, name, file, sheet, row_no
FROM src_station
ORDER BY opened_on, town, station_no
