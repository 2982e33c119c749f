import { JsonCodec, XmlCodec } from '@aws-sdk/core/protocols';
import type { NormalizedSchema } from '@smithy/core/schema';
import { fromBase64, fromUtf8, toBase64, toUtf8 } from '@smithy/core/serde';
import { wrongKind } from './json-types.ts';

// The SDK's codecs are symmetric; a client hands them a context with many more members than coding needs.
type SerdeContext = Parameters<InstanceType<typeof XmlCodec>['setSerdeContext']>[0];
const serde = {
  base64Encoder: toBase64,
  base64Decoder: fromBase64,
  utf8Encoder: toUtf8,
  utf8Decoder: fromUtf8,
  disableHostPrefix: true,
} as unknown as SerdeContext;

const DATE_TIME = 5;
const EPOCH_SECONDS = 7;

function createJsonCodec() {
  const codec = new JsonCodec({ timestampFormat: { useTrait: true, default: EPOCH_SECONDS }, jsonName: false });
  codec.setSerdeContext(serde);
  return codec;
}

function createXmlCodec(httpBindings: boolean) {
  const settings = {
    timestampFormat: { useTrait: true, default: DATE_TIME },
    httpBindings,
    xmlNamespace: '',
    serviceNamespace: '',
  };
  const codec = new XmlCodec(settings as ConstructorParameters<typeof XmlCodec>[0]);
  codec.setSerdeContext(serde);
  return codec;
}

const json = createJsonCodec();
const xml = createXmlCodec(false);
const restXml = createXmlCodec(true);

export type Decoded = Record<string, unknown>;

/** Rejects when the body is no JSON, or holds something of another kind than its shape. */
export async function readJson(schema: NormalizedSchema, body: Buffer): Promise<Decoded> {
  const wrong = schema.isUnitSchema() ? undefined : wrongKind(schema, JSON.parse(body.toString()));
  if (wrong !== undefined) {
    throw new TypeError(wrong);
  }
  return ((await json.createDeserializer().read(schema, body)) ?? {}) as Decoded;
}

export function writeJson(schema: NormalizedSchema, output: Decoded): string {
  if (schema.isUnitSchema()) {
    return '{}';
  }
  const serializer = json.createSerializer();
  serializer.write(schema, output);
  return String(serializer.flush());
}

export async function readXml(schema: NormalizedSchema, body: Buffer): Promise<Decoded> {
  return ((await restXml.createDeserializer().read(schema, body)) ?? {}) as Decoded;
}

function write(codec: typeof xml, schema: NormalizedSchema, output: Decoded): string {
  if (schema.isUnitSchema()) {
    return '';
  }
  const serializer = codec.createSerializer();
  serializer.write(schema, output);
  return String(serializer.flush());
}

/** A whole REST-XML document; members bound to headers are left out. */
export const writeRestXml = (schema: NormalizedSchema, output: Decoded): string => write(restXml, schema, output);

/** Only what stands between the root tags: the `query` protocols wrap it in a root of their own. */
export function writeInnerXml(schema: NormalizedSchema, output: Decoded): string {
  return write(xml, schema, output)
    .replace(/^<\?xml[^>]*\?>/, '')
    .replace(/^<[^>]*\/>$/, '')
    .replace(/^<[^>]+>/, '')
    .replace(/<\/[^>]+>$/, '');
}

export function escapeXml(text: string): string {
  return text.replace(/[<>&]/g, (character) => ({ '<': '&lt;', '>': '&gt;', '&': '&amp;' })[character] ?? character);
}
