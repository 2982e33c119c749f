-- What went wrong, what was paid, and what others say of an operator.

CREATE TABLE cases (
  id INT NOT NULL AUTO_INCREMENT,
  licence_id INT DEFAULT NULL,
  transport_manager_id INT DEFAULT NULL,
  presiding_tc_id INT DEFAULT NULL,
  description VARCHAR(1024) DEFAULT NULL,
  open_date DATETIME NOT NULL,
  closed_date DATETIME DEFAULT NULL,
  PRIMARY KEY (id),
  CONSTRAINT fk_cases_licence FOREIGN KEY (licence_id) REFERENCES licence (id) ON DELETE SET NULL,
  CONSTRAINT fk_cases_tm FOREIGN KEY (transport_manager_id) REFERENCES transport_manager (id) ON DELETE SET NULL,
  CONSTRAINT fk_cases_tc FOREIGN KEY (presiding_tc_id) REFERENCES presiding_tc (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE complaint (
  id INT NOT NULL AUTO_INCREMENT,
  case_id INT NOT NULL,
  complainant_contact_details_id INT DEFAULT NULL,
  driver_forename VARCHAR(40) DEFAULT NULL,
  driver_family_name VARCHAR(40) DEFAULT NULL,
  vrm VARCHAR(20) DEFAULT NULL,
  description VARCHAR(4000) DEFAULT NULL,
  PRIMARY KEY (id),
  CONSTRAINT fk_complaint_case FOREIGN KEY (case_id) REFERENCES cases (id) ON DELETE CASCADE,
  CONSTRAINT fk_complaint_cd FOREIGN KEY (complainant_contact_details_id) REFERENCES contact_details (id) ON DELETE SET NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;

CREATE TABLE conviction (
  id INT NOT NULL AUTO_INCREMENT,
  case_id INT NOT NULL,
  person_firstname VARCHAR(70) DEFAULT NULL,
  person_lastname VARCHAR(70) DEFAULT NULL,
  birth_date DATE DEFAULT NULL,
  court VARCHAR(70) DEFAULT NULL,
  penalty VARCHAR(255) DEFAULT NULL,
  operator_name VARCHAR(160) DEFAULT NULL,
  notes LONGTEXT,
  PRIMARY KEY (id),
  CONSTRAINT fk_conviction_case FOREIGN KEY (case_id) REFERENCES cases (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE previous_conviction (
  id INT NOT NULL AUTO_INCREMENT,
  application_id INT DEFAULT NULL,
  forename VARCHAR(35) DEFAULT NULL,
  family_name VARCHAR(35) DEFAULT NULL,
  birth_date DATE DEFAULT NULL,
  court_fpn VARCHAR(70) DEFAULT NULL,
  notes VARCHAR(4000) DEFAULT NULL,
  PRIMARY KEY (id),
  CONSTRAINT fk_previous_conviction_application FOREIGN KEY (application_id) REFERENCES application (id) ON DELETE SET NULL
) ENGINE=InnoDB DEFAULT CHARSET=latin1;

CREATE TABLE prohibition (
  id INT NOT NULL AUTO_INCREMENT,
  case_id INT NOT NULL,
  vrm VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci DEFAULT NULL,
  imposed_at VARCHAR(255) DEFAULT NULL,
  prohibition_date DATE NOT NULL,
  PRIMARY KEY (id),
  CONSTRAINT fk_prohibition_case FOREIGN KEY (case_id) REFERENCES cases (id) ON DELETE CASCADE,
  CONSTRAINT fk_prohibition_vehicle FOREIGN KEY (vrm) REFERENCES vehicle (vrm) ON UPDATE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE legacy_offence (
  id INT NOT NULL AUTO_INCREMENT,
  case_id INT NOT NULL,
  definition VARCHAR(1000) DEFAULT NULL,
  offender_name VARCHAR(100) DEFAULT NULL,
  vrm VARCHAR(20) DEFAULT NULL,
  PRIMARY KEY (id),
  CONSTRAINT fk_legacy_offence_case FOREIGN KEY (case_id) REFERENCES cases (id)
) ENGINE=InnoDB DEFAULT CHARSET=latin1 COLLATE=latin1_general_cs;

CREATE TABLE publication_police_data (
  id INT NOT NULL AUTO_INCREMENT,
  case_id INT DEFAULT NULL,
  forename VARCHAR(35) DEFAULT NULL,
  family_name VARCHAR(35) DEFAULT NULL,
  birth_date DATE DEFAULT NULL,
  PRIMARY KEY (id),
  CONSTRAINT fk_publication_police_data_case FOREIGN KEY (case_id) REFERENCES cases (id) ON DELETE SET NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE fee (
  id INT NOT NULL AUTO_INCREMENT,
  licence_id INT DEFAULT NULL,
  parent_id INT DEFAULT NULL,
  amount DECIMAL(10,2) NOT NULL,
  description VARCHAR(255) DEFAULT NULL,
  invoiced_date DATE DEFAULT NULL,
  PRIMARY KEY (id),
  CONSTRAINT fk_fee_licence FOREIGN KEY (licence_id) REFERENCES licence (id) ON DELETE SET NULL,
  CONSTRAINT fk_fee_parent FOREIGN KEY (parent_id) REFERENCES fee (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE txn (
  id INT NOT NULL AUTO_INCREMENT,
  reference VARCHAR(100) NOT NULL,
  payer_name VARCHAR(100) DEFAULT NULL,
  cheque_po_number VARCHAR(100) DEFAULT NULL,
  comment VARCHAR(1000) DEFAULT NULL,
  completed_date DATE DEFAULT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY uk_txn_reference (reference)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE fee_txn (
  fee_id INT NOT NULL,
  txn_id INT NOT NULL,
  amount DECIMAL(10,2) NOT NULL,
  PRIMARY KEY (fee_id, txn_id),
  CONSTRAINT fk_fee_txn_fee FOREIGN KEY (fee_id) REFERENCES fee (id) ON DELETE CASCADE,
  CONSTRAINT fk_fee_txn_txn FOREIGN KEY (txn_id) REFERENCES txn (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `order` (
  id INT NOT NULL AUTO_INCREMENT,
  `key` VARCHAR(20) NOT NULL,
  `group` VARCHAR(60) DEFAULT NULL,
  `select` VARCHAR(255) DEFAULT NULL,
  txn_id INT DEFAULT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY `unique` (`key`),
  CONSTRAINT fk_order_txn FOREIGN KEY (txn_id) REFERENCES txn (id) ON DELETE SET NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE companies_house_company (
  id INT NOT NULL AUTO_INCREMENT,
  company_number VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  company_name VARCHAR(160) DEFAULT NULL,
  address_line_1 VARCHAR(100) DEFAULT NULL,
  locality VARCHAR(45) DEFAULT NULL,
  postal_code VARCHAR(10) DEFAULT NULL,
  PRIMARY KEY (id),
  KEY ix_chc_company_number (company_number)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE companies_house_officer (
  id INT NOT NULL AUTO_INCREMENT,
  companies_house_company_id INT NOT NULL,
  name VARCHAR(100) NOT NULL,
  role VARCHAR(40) NOT NULL,
  date_of_birth DATE DEFAULT NULL,
  PRIMARY KEY (id),
  CONSTRAINT fk_cho_company FOREIGN KEY (companies_house_company_id) REFERENCES companies_house_company (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE companies_house_insolvency_practitioner (
  id INT NOT NULL AUTO_INCREMENT,
  companies_house_company_id INT NOT NULL,
  name VARCHAR(100) NOT NULL,
  address_line_1 VARCHAR(100) DEFAULT NULL,
  locality VARCHAR(45) DEFAULT NULL,
  postal_code VARCHAR(10) DEFAULT NULL,
  appointed_on DATE DEFAULT NULL,
  PRIMARY KEY (id),
  CONSTRAINT fk_chip_company FOREIGN KEY (companies_house_company_id) REFERENCES companies_house_company (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;
