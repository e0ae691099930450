/**
 * Words that results are reported by: metrics, benchmarks, and headings above them. Sources: the tasks and metrics of
 * lm-evaluation-harness, HELM, MTEB, OpenCompass, torchmetrics and the model-index of model cards.
 */
const METRICS =
  "acc accuracy acc_norm exact_match em f1 f1_score precision recall bleu sacrebleu chrf rouge rouge1 rougel meteor cider spice bertscore perplexity ppl word_perplexity byte_perplexity bits_per_byte wer cer der map map50 miou iou ap ap50 dice psnr ssim lpips fid kid is clip_score clipscore fvd auc auroc auprc ndcg ndcg@10 mrr mase wql crps smape mape rmse mse mae r2 spearman pearson mcc top1 top-1 top5 top-5 pass@1 pass@10 pass@100 pass_at_1 win_rate elo score mos pesq stoi lddt tm_score gdt rmsd success_rate eer";
const BENCHMARKS =
  "mmlu mmlu-pro cmmlu c-eval ceval agieval gsm8k gsm-8k math math-500 aime aime24 aime25 humaneval humaneval+ mbpp mbpp+ multipl-e ds-1000 livecodebench swe-bench codeforces arc arc-c arc-e arc-challenge hellaswag winogrande piqa siqa boolq openbookqa obqa commonsenseqa csqa truthfulqa lambada race squad squad1.1 drop triviaqa naturalquestions nq naturalqs webqs hotpotqa coqa quac bbh bigbench big-bench glue superglue cola sst-2 mrpc sts-b qqp mnli mnli-m qnli rte wnli anli xnli copa wic wsc gpqa ifeval mt-bench alpacaeval arena-hard longbench needle ruler infinitebench mteb beir miracl imagenet imagenet-1k in1k cifar cifar-10 cifar-100 coco lvis ade20k cityscapes voc nyuv2 nyu kitti librispeech commonvoice fleurs gigaspeech voxceleb wikitext wikitext2 wikitext103 ptb c4 pile flores wmt14 wmt16 mmmu mmbench mathvista docvqa chartqa textvqa vqav2 ocrbench geneval vbench dpg-bench libero calvin ettm1 etth1 casp14 openllm tau-bench hle simpleqa";

const RESULT_WORDS: ReadonlySet<string> = new Set(`${METRICS} ${BENCHMARKS}`.split(" "));

/** Headings over results, in the languages that model cards are often written in. */
export const RESULTS_HEADING =
  /\b(?:evaluat\w*|results?|benchmark\w*|leaderboard|metrics?|accuracy|comparisons?|experiments?|ergebnisse|auswertung|r[ée]sultats?|[ée]valuations?|resultados|evaluaci[óo]n)\b|评测|评估|評測|評估|测评|评价|结果|結果|基准|榜单|实验|評価|ベンチマーク|精度|성능|평가|벤치마크|결과|результат|оценк|бенчмарк/i;

/** Columns that say how fast or how large: neither is how good. */
export const COSTS =
  /\b(?:speed\w*|latenc\w*|throughput|tokens?\s*(?:\/|per|$)|tok\/s|seconds?|ms|(?:inference|run|wall|training)?[- ]?time(?:$|\s*\()|rtf|fps|memory|vram|ram|gpus?|cpu|flops?|macs?|gb|gib|mb|mib|disk|cost|price|hours?|training|batch\s*size|steps?|epochs?|lr|learning rate)\b|推理速度|速度|显存|顯存|内存|耗时|延迟|占用|メモリ|속도/i;

/** Headings over tables of costs. */
export const COSTS_HEADING =
  /\b(?:speed\w*|latenc\w*|throughput|memory|vram|efficien\w*|hardware|requirements?|hyper-?parameters?)\b|推理性能|速度|显存|顯存|内存|メモリ|속도/i;

/** What says how a model is built. */
export const SHAPES =
  /\b(?:layers?|heads?|hidden|dim\w*|d_?model|params?|parameters?|context|sequence|seq|length|vocab\w*|size|width|depth|license|date|version|tokens|resolution|channels|patch|window|experts?|blocks?)\b|参数|層|层数|长度|词表|上下文|パラメータ/i;

/** Names that are everyday words too, where small letters write them. */
const EVERYDAY = new Set("is em map race drop dice needle ruler pile cola voc kid arc hle".split(" "));

/** Whether a cell, heading or key names a metric or benchmark. */
export function namesResult(text: string): boolean {
  const words = text
    .replace(/<[^<>]{0,200}>|[*_`]{2,}|[()[\]{}:]/g, " ")
    .split(/[\s,;/|]+/)
    .map((word) => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}+]+$/gu, ""))
    .filter((word) => word !== "");
  return words.some((word) => RESULT_WORDS.has(word.toLowerCase()) && (words.length === 1 || !EVERYDAY.has(word)));
}
