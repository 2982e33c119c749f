export const USAGE = `mayfly anonymise --config FILE --database URL (--passport FILE | --passport-lines | --json) [options]
    masks a database in place, looks for what leaked, and signs a passport
mayfly anonymise check --config FILE --database URL [--socket PATH] [--json]
    whether the rules cover every column; changes nothing
mayfly anonymise init --database URL [--socket PATH] [--output FILE]
    proposes rules for a person to review
mayfly anonymise abort --database URL [--socket PATH] [--json]
    gives a run up that was interrupted: triggers and rows come back, what was masked stays so, and nothing is proven
mayfly source refresh [--as NAME] [--wait] [--json]
    asks for a source made of the newest snapshot, masked and proven
mayfly source rollback [--as NAME] [--wait] [--json]
    asks for the source that was in service before
mayfly source status [--json]
    which source is in service, which is on its way and why, and what was asked for
mayfly source passport [NAME] [--json]
    what was done with the data of the source in service, or of the one of this name; with --json as it was signed

  --config FILE       the rules, in YAML
  --database URL      mysql://user@host:3306/name, without a password
  --socket PATH       a Unix socket in place of host and port
  --workers N         connections at a time
  --chunk-rows N      rows that change in one transaction
  --as-of DATE        the day from which years are counted back; today
  --source TEXT       where the data came from, for the passport
  --taken-at INSTANT  when it was taken there, for the passport
  --passport FILE     where the signed passport goes
  --passport-lines    the signed passport on stdout, as lines that a log can hold
  --json              one document on stdout
  --ca FILE           only a server whose certificate these sign (PEM) is spoken to, in TLS

  --as NAME           who asks; the user of this process
  --wait              ends only when it is known what came of it

  MAYFLY_DATABASE_PASSWORD  the password of the database's user
  MAYFLY_ANONYMISE_KEY      the key of the masks, at least 32 characters
  MAYFLY_PASSPORT_KEY       the key that signs, Ed25519 in PEM
  DATABASE_URL, DATABASE_SECRET, DATABASE_CA_FILE, DATA_DIR, AWS_REGION, PLATFORM_PARAMETER, PLATFORM_FILE
                            for source: as the server has them

It ends with 0 when all is done, 1 when something has to be mended, 2 when it was called wrongly, 75 when it is worth
trying again, and 130 or 143 when it was interrupted. The same command goes on where an earlier one ended.
`;
