import Contract
import Diagnostics
import Providers
import Runner
import Secrets
import Tokens
import Workspace

/// From the options of a command that runs collections to the session that does it; every mistake that can be seen
/// before anything is sent is printed here.
struct RunStart: Sendable {
    let options: RunOptions
    let contract: ContractExtent
    let rules: ContractOptions
    let output: OutputSeam

    func run() async -> ExitStatus {
        let problems = Problems(output, color: !options.reports.noColor)
        var bag = DiagnosticBag()
        var workspace = LoadedWorkspace(paths: options.paths, into: &bag)
        if let problem = options.defects.problem(isSandbox: workspace.isSandbox(options.environment)) {
            problems.print(DiagnosticBag([problem]))
            return .invalid
        }
        let chosen = workspace.environment(options.environment, into: &bag)
        if bag.hasErrors {
            // Without the environment that was meant, every request would seem to be wrong.
            problems.print(bag)
            return .invalid
        }
        let given = workspace.given(options.variables)
        let plan = workspace.plan(
            environment: chosen, selection: runSelection(workspace), given: given, contract: contract, into: &bag)
        TransferWiring(options: options.transfer, settings: workspace.settings).check(output.redactor, into: &bag)
        if contract != .none {
            checkRules(plan, workspace, &bag)
            checkWaivers(plan, workspace, &bag)
        }
        problems.print(bag)
        if bag.hasErrors { return .invalid }
        let session = RunSession(
            options: options, contract: ContractWiring(extent: contract, options: rules), workspace: workspace,
            plan: plan,
            given: given, output: output, problems: problems)
        return await session.run()
    }

    private func checkRules(_ plan: RunPlan, _ workspace: LoadedWorkspace, _ bag: inout DiagnosticBag) {
        let known = ContractNames.all(plan.collections.compactMap(\.provider))
        let asked = rules.rule.isEmpty ? workspace.settings.texts("rule") ?? [] : rules.rule
        for name in asked where !known.contains(name) { bag.add(ContractNames.unknown(name, among: known)) }
    }

    private func checkWaivers(_ plan: RunPlan, _ workspace: LoadedWorkspace, _ bag: inout DiagnosticBag) {
        let today = ContractWiring.today(TokenClock.system.wall())
        var waivers = workspace.settings.waivers
        var providers: Set<String> = []
        for planned in plan.collections {
            waivers += planned.collection.waivers
            if let provider = planned.provider, providers.insert(provider.id).inserted {
                waivers += provider.contract.waivers
            }
        }
        WaiverBook(waivers, today: today).check(into: &bag)
    }

    private func runSelection(_ workspace: LoadedWorkspace) -> RunSelection {
        let selection = options.selection
        return RunSelection(
            tags: selection.tag.isEmpty ? workspace.settings.texts("tag") ?? [] : selection.tag,
            skippedTags: selection.skipTag.isEmpty ? workspace.settings.texts("skip-tag") ?? [] : selection.skipTag,
            requests: selection.request.isEmpty ? workspace.settings.texts("request") ?? [] : selection.request)
    }
}
