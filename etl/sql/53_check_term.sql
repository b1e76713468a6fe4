-- A check holds until the station's next check or its closing; one made before the opening holds from then on.
SELECT station_no, checked_on, from_on, to_on
FROM (
  SELECT
    c.station_no, c.checked_on, GREATEST(c.checked_on, s.opened_on) AS from_on,
    LEAST(c.next_on, COALESCE(s.closed_on, DATE '2100-01-01')) AS to_on
  FROM (
    SELECT
      station_no, checked_on,
      LEAD(checked_on, 1, DATE '2100-01-01') OVER (PARTITION BY station_no ORDER BY checked_on) AS next_on
    FROM src_station_check
  ) AS c
  INNER JOIN src_station AS s ON s.station_no = c.station_no
) AS dated
WHERE from_on < to_on
