import type { AwsClients } from '../../src/provision/aws/clients.ts';

/** One command as a provisioner sends it. */
export interface Sent {
  readonly operation: string;
  readonly input: unknown;
}

export interface InterferedClients {
  readonly clients: AwsClients;
  /** What was sent since the list was last emptied, in order. */
  readonly sent: Sent[];
  /** What AWS answered to each of them, where it did. */
  readonly answers: unknown[];
  /** Called before each command, which it keeps from AWS by throwing. `index` counts in `sent`. */
  before: (sent: Sent, index: number) => void;
}

/** Clients whose calls can be met by errors that no network has to be made to produce. The SDK does not retry those. */
export function interferedClients(real: AwsClients): InterferedClients {
  const interfered: InterferedClients = { clients: real, sent: [], answers: [], before: () => undefined };
  const wrap = (client: { send(command: unknown): Promise<unknown> }) => ({
    async send(command: { readonly input: unknown }) {
      const call = { operation: command.constructor.name.replace(/Command$/, ''), input: command.input };
      interfered.sent.push(call);
      interfered.before(call, interfered.sent.length - 1);
      const answer = await client.send(command);
      interfered.answers.push(answer);
      return answer;
    },
  });
  const wrapped = Object.entries(real).map(([name, client]) => [name, wrap(client as never)]);
  return Object.assign(interfered, { clients: Object.fromEntries(wrapped) as AwsClients });
}
