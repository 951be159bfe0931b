-- What the robot sets in the database in each of its rounds: SET GLOBAL or ALTER USER, one statement a line.
SET GLOBAL max_connections = 48;
SET GLOBAL innodb_lock_wait_timeout = 50;
