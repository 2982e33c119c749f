-- A shop: nothing of it is like the licensing authority. Keys are UUIDs in bytes, names mix their cases, no key is a number
-- that counts.

CREATE TABLE `Customers` (
  `customerId` BINARY(16) NOT NULL,
  `emailAddress` VARCHAR(190) NOT NULL,
  `displayName` VARCHAR(80) DEFAULT NULL,
  `referredBy` BINARY(16) DEFAULT NULL,
  `birthday` DATE DEFAULT NULL,
  `loyalty_points` INT NOT NULL DEFAULT 0,
  `preferences` JSON DEFAULT NULL,
  `emailDomain` VARCHAR(190) GENERATED ALWAYS AS (SUBSTRING_INDEX(`emailAddress`, '@', -1)) STORED,
  PRIMARY KEY (`customerId`),
  UNIQUE KEY `emailAddress` (`emailAddress`),
  CONSTRAINT `Customers.referredBy` FOREIGN KEY (`referredBy`) REFERENCES `Customers` (`customerId`) ON DELETE SET NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `delivery-address` (
  `customerId` BINARY(16) NOT NULL,
  `Label` VARCHAR(20) NOT NULL,
  `lines` TEXT NOT NULL,
  `zip` VARCHAR(12) NOT NULL,
  `Location` POINT DEFAULT NULL,
  PRIMARY KEY (`customerId`, `Label`),
  CONSTRAINT `address of customer` FOREIGN KEY (`customerId`) REFERENCES `Customers` (`customerId`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE `product` (
  `sku` VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `title_de` VARCHAR(200) NOT NULL,
  `price` DECIMAL(12,4) NOT NULL,
  `weight_kg` DOUBLE DEFAULT NULL,
  PRIMARY KEY (`sku`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE `group` (
  `from` DATE NOT NULL,
  `to` DATE NOT NULL,
  `rank` TINYINT NOT NULL,
  `a ``quoted`` name` VARCHAR(40) DEFAULT NULL,
  PRIMARY KEY (`from`, `to`, `rank`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE `orderHead` (
  `orderNo` CHAR(14) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `customerId` BINARY(16) DEFAULT NULL,
  `deliver_to` VARCHAR(20) CHARACTER SET utf8mb4 DEFAULT NULL,
  `placedAt` DATETIME(3) NOT NULL,
  `giftMessage` MEDIUMTEXT,
  `ip` VARBINARY(16) DEFAULT NULL,
  PRIMARY KEY (`orderNo`),
  CONSTRAINT `order to address` FOREIGN KEY (`customerId`, `deliver_to`) REFERENCES `delivery-address` (`customerId`, `Label`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE `orderLine` (
  `orderNo` CHAR(14) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `sku` VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `quantity` SMALLINT UNSIGNED NOT NULL,
  PRIMARY KEY (`orderNo`, `sku`),
  CONSTRAINT `line of order` FOREIGN KEY (`orderNo`) REFERENCES `orderHead` (`orderNo`) ON DELETE CASCADE,
  CONSTRAINT `line of product` FOREIGN KEY (`sku`) REFERENCES `product` (`sku`) ON UPDATE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE `session_log` (
  `token` VARBINARY(32) NOT NULL,
  `customer_email` VARCHAR(190) CHARACTER SET latin1 DEFAULT NULL,
  `year` YEAR NOT NULL,
  `lasted` TIME DEFAULT NULL,
  PRIMARY KEY (`token`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TRIGGER `order placed` AFTER INSERT ON `orderHead` FOR EACH ROW
  UPDATE `Customers` SET `loyalty_points` = `loyalty_points` + 1 WHERE `customerId` = NEW.`customerId`;

CREATE VIEW `open orders` AS SELECT `orderNo`, `emailAddress` FROM `orderHead` JOIN `Customers` USING (`customerId`);
