// What publishers of licenses changed in a text without making another license of it, and SPDX's template does not say:
// each a place where exactly these wordings are the same.
import { packText } from "./license-template.ts";

interface Variant {
  readonly ids: RegExp;
  /** As SPDX's template has it. */
  readonly words: string;
  /** As the publisher has it too. */
  readonly also: readonly string[];
}

/** Where the Free Software Foundation had its offices, and where it sends readers since it gives none. */
export const FSF_ADDRESSES: readonly string[] = [
  "51 Franklin Street, Fifth Floor, Boston, MA 02110-1301, USA",
  "51 Franklin Street, Fifth Floor, Boston, MA 02110-1301",
  "51 Franklin St, Fifth Floor, Boston, MA 02110-1301 USA",
  "51 Franklin Street, Suite 500, Boston, MA 02110-1335, USA",
  "59 Temple Place, Suite 330, Boston, MA 02111-1307 USA",
  "59 Temple Place, Suite 330, Boston, MA 02111-1307",
  "675 Mass Ave, Cambridge, MA 02139, USA",
  "31 Milk Street, # 960789, Boston, MA 02196, USA",
];

const VARIANTS: readonly Variant[] = [
  { ids: /^(?:[AL]?GPL|GFDL)-/, words: "51 Franklin Street, Fifth Floor, Boston, MA 02110-1301, USA", also: FSF_ADDRESSES },
  { ids: /^(?:[AL]?GPL|GFDL)-/, words: "51 Franklin St, Fifth Floor, Boston, MA 02110-1301 USA", also: FSF_ADDRESSES },
  { ids: /^(?:[AL]?GPL|GFDL)-/, words: "59 Temple Place, Suite 330, Boston, MA 02111-1307 USA", also: FSF_ADDRESSES },
  { ids: /^(?:[AL]?GPL|GFDL)-/, words: "675 Mass Ave, Cambridge, MA 02139, USA", also: FSF_ADDRESSES },
  { ids: /^[AL]?GPL-/, words: "www.gnu.org/philosophy/why-not-lgpl.html", also: ["www.gnu.org/licenses/why-not-lgpl.html"] },
  { ids: /^GFDL-/, words: "www.gnu.org/copyleft", also: ["www.gnu.org/licenses"] },
  { ids: /^MPL-1\.1$/, words: "requirements of Sections 3.1, 3.2, 3.3, 3.4 and 3.5", also: ["requirements of Section 3.1-3.5"] },
  { ids: /^LGPL-2\.0/, words: "to give the library's name and an idea of", also: ["to give the library's name and a brief idea of"] },
  { ids: /^ECL-2\.0$/, words: "www.osedu.org/licenses/ECL-2.0", also: ["opensource.org/licenses/ECL-2.0"] },
  { ids: /^ECL-2\.0$/, words: "www.osedu.org/licenses", also: ["opensource.org/licenses/ECL-2.0"] },
];

/** A packed template with the wordings of the publisher as choices. */
export function withVariants(id: string, packed: string): string {
  let result = ` ${packed} `;
  const choices = VARIANTS.filter(({ ids }) => ids.test(id)).map(({ words, also }) => [packText(words), also.map(packText)] as const);
  // Longer wordings first, each replaced by a mark that no later one finds.
  choices
    .toSorted(([a], [b]) => b.length - a.length)
    .forEach(([words], index) => {
      result = result.replaceAll(` ${words} `, ` \uE000${index} `);
    });
  choices
    .toSorted(([a], [b]) => b.length - a.length)
    .forEach(([words, also], index) => {
      result = result.replaceAll(` \uE000${index} `, ` { ${[...new Set([words, ...also])].join(" | ")} } `);
    });
  // The notice that the Apache License recommends is often under it, with a name and without the advice before it.
  if (id === "Apache-2.0")
    result = result
      .replace("( appendix how to apply", "( ( appendix how to apply")
      .replace("third party archives copyright", "third party archives ) copyright");
  return result.trim();
}
