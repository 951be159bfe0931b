-- What the shop knows. An order waits in the outbox until the worker has completed it.
CREATE DATABASE shop CHARACTER SET utf8mb4;
USE shop;
CREATE TABLE products (
  id INT PRIMARY KEY, name VARCHAR(80) NOT NULL, category VARCHAR(20) NOT NULL, price INT NOT NULL,
  description VARCHAR(400) NOT NULL, KEY (category)
);
CREATE TABLE carts (customer VARCHAR(40), product INT, quantity INT NOT NULL, PRIMARY KEY (customer, product));
CREATE TABLE orders (
  id CHAR(16) PRIMARY KEY, customer VARCHAR(40) NOT NULL, total INT NOT NULL, payment VARCHAR(10) NOT NULL,
  at DATETIME(6) NOT NULL DEFAULT NOW(6), KEY (at)
);
CREATE TABLE outbox (id CHAR(16) PRIMARY KEY, at DATETIME(6) NOT NULL DEFAULT NOW(6), KEY (at));
CREATE TABLE completed (id CHAR(16) PRIMARY KEY, at DATETIME(6) NOT NULL DEFAULT NOW(6), KEY (at));
FLUSH PRIVILEGES;
CREATE USER shop@'%' IDENTIFIED BY 'shop';
GRANT ALL ON shop.* TO shop@'%';
CREATE USER exporter@'%' IDENTIFIED BY 'exporter' WITH MAX_USER_CONNECTIONS 3;
GRANT PROCESS, REPLICA MONITOR, SELECT ON *.* TO exporter@'%';
