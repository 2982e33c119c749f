/** A person, a bot or an organisation. */
export interface Account {
  readonly id: number;
  readonly login: string;
  readonly type: 'User' | 'Bot' | 'Organization';
  /** What a person sends as `Authorization: token …`; organisations and bots have none. */
  readonly token: string | undefined;
  readonly createdAt: Date;
}
