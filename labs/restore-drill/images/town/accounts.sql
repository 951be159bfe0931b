CREATE USER tried@localhost IDENTIFIED BY 'tried';
GRANT ALL PRIVILEGES ON shop.* TO tried@localhost;
GRANT BINLOG REPLAY ON *.* TO tried@localhost;
